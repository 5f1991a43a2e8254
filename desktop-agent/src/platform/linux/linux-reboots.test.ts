import { describe, expect, it } from "vitest";
import { createFakeClock } from "../fake/fake-clock.ts";
import { createFakeCommands, type FakeAnswer } from "../fake/fake-commands.ts";
import { createMemorySystemFiles } from "../testing/memory-system-files.ts";
import { createLinuxReboots, isRebootRequired } from "./linux-reboots.ts";

const SYSTEMD = { "/run/systemd/system/x": "", "/proc/2/comm": "kthreadd\n" };
const SYSVINIT = { "/proc/2/comm": "kthreadd\n" };
const SCHEDULED = { ...SYSTEMD, "/run/systemd/shutdown/scheduled": "USEC=1\nMODE=reboot\n" };
const refused = (stderr: string): FakeAnswer => ({ kind: "exited", code: 1, stdout: "", stderr });

function reboots(answers: Record<string, FakeAnswer>, table: Record<string, string>) {
  const commands = createFakeCommands(answers);
  const clock = createFakeClock();
  return { commands, clock, port: createLinuxReboots(commands, createMemorySystemFiles(table), clock) };
}
const request = (delayMinutes: number, message = "") => ({ delayMinutes, message });

describe("linux reboots under systemd", () => {
  it("happen immediately", async () => {
    const { port, commands } = reboots({ "systemctl reboot": "" }, SYSTEMD);
    expect(await port.schedule(request(0))).toEqual({ kind: "scheduled" });
    expect(commands.started).toEqual(["systemctl reboot"]);
  });

  it("announce an immediate restart on the terminals", async () => {
    const { port, commands } = reboots({ "systemctl reboot": "" }, SYSTEMD);
    expect(await port.schedule(request(0, "Updates"))).toEqual({ kind: "scheduled" });
    expect(commands.started).toEqual([
      "env LC_ALL=C.UTF-8 wall -- The system restarts now.\n Updates",
      "systemctl reboot",
    ]);
  });

  it("are scheduled with a text that cannot be an option", async () => {
    const line = "shutdown -r -- +5 -c Updates now";
    const { port, commands } = reboots({ [line]: "" }, SYSTEMD);
    expect(await port.schedule(request(5, "-c Updates\nnow"))).toEqual({ kind: "scheduled" });
    expect(commands.started).toEqual([line]);
  });

  it("are not scheduled twice", async () => {
    const { port, commands } = reboots({}, SCHEDULED);
    expect(await port.schedule(request(5))).toEqual({ kind: "already-scheduled" });
    expect(commands.started).toEqual([]);
  });

  it.each([
    [
      "Failed to call ScheduleShutdown in logind: Interactive authentication required.",
      "requires root or a polkit rule",
    ],
    ['Operation inhibited by "apt"', 'Operation inhibited by "apt"'],
    ["", "exit code 1"],
  ])("report why they were refused: %j", async (stderr, reason) => {
    const { port } = reboots({ "shutdown -r -- +5": refused(stderr) }, SYSTEMD);
    expect(await port.schedule(request(5))).toEqual({ kind: "failed", reason: `shutdown: ${reason}` });
  });

  it.each([
    ['s "na"\n', "the login manager does not let this account restart the system"],
    ['s "no"\n', "the login manager does not let this account restart the system"],
    ['s "challenge"\n', null],
    ['s "yes"\n', null],
    [refused("Connection refused"), null],
  ])("are refused in advance where the login manager refuses them: %j", async (answer, reason) => {
    const line =
      "busctl --system call org.freedesktop.login1 /org/freedesktop/login1 org.freedesktop.login1.Manager CanReboot";
    const { port } = reboots({ [line]: answer }, SYSTEMD);
    expect(await port.obstacle()).toBe(reason);
  });

  it("are cancelled only when one is scheduled", async () => {
    const { port, commands } = reboots({}, SYSTEMD);
    expect([await port.cancel(), commands.started]).toEqual([{ kind: "none-scheduled" }, []]);
  });

  it("are cancelled when the schedule is removed, whatever the command reports", async () => {
    const table: Record<string, string> = { ...SCHEDULED };
    const { port, commands } = reboots({ "shutdown -c": "" }, table);
    expect(await port.cancel()).toEqual({ kind: "failed", reason: "The reboot is still scheduled." });
    const honest = createLinuxReboots(
      {
        ...commands,
        run: (...args) => {
          delete table["/run/systemd/shutdown/scheduled"];
          return commands.run(...args);
        },
      },
      createMemorySystemFiles(table),
      createFakeClock(),
    );
    expect(await honest.cancel()).toEqual({ kind: "cancelled" });
  });
});

describe("linux reboots without systemd", () => {
  it("keep the foreground shutdown running", async () => {
    const { port, commands, clock } = reboots({}, SYSVINIT);
    const scheduling = port.schedule(request(5, "Updates"));
    await clock.advance(2_000);
    expect(await scheduling).toEqual({ kind: "scheduled" });
    expect([commands.started, commands.following("shutdown")]).toEqual([["shutdown -r -- +5 Updates"], 1]);
  });

  it("fail when the shutdown exits immediately", async () => {
    const { port, commands } = reboots({}, SYSVINIT);
    const scheduling = port.schedule(request(5));
    commands.end("shutdown", "shutdown ended with 1");
    expect(await scheduling).toEqual({ kind: "failed", reason: "shutdown ended with 1" });
  });

  it("are not tried in a container", async () => {
    const { port, commands } = reboots({}, { "/.dockerenv": "" });
    const failed = { kind: "failed", reason: "a container can only be restarted by its container runtime" };
    expect([await port.schedule(request(0)), await port.cancel()]).toEqual([failed, failed]);
    expect(await port.obstacle()).toBe(failed.reason);
    expect(commands.started).toEqual([]);
  });
});

const withKernels = (running: string, ...installed: string[]) => ({
  "/proc/sys/kernel/osrelease": `${running}\n`,
  ...Object.fromEntries(installed.map((release) => [`/lib/modules/${release}/modules.dep`, ""])),
});
const ask = (table: Record<string, string>) => isRebootRequired(createMemorySystemFiles(table));

describe("isRebootRequired", () => {
  it.each(["/run/reboot-required", "/run/reboot-needed"])("trusts %s", (path) => {
    expect(ask({ [path]: "" })).toBe(true);
  });

  it("sees a newer kernel of the same flavour", () => {
    expect(ask(withKernels("6.1.0-18-amd64", "6.1.0-18-amd64", "6.1.0-21-amd64"))).toBe(true);
    expect(ask(withKernels("6.5.6-300.fc39.x86_64", "6.5.6-300.fc39.x86_64", "6.6.2-201.fc39.x86_64"))).toBe(
      true,
    );
  });

  it("does not ask for an older kernel or one of another flavour", () => {
    expect(
      ask(withKernels("6.1.0-18-amd64", "6.1.0-18-amd64", "6.1.0-9-amd64", "6.1.0-21-cloud-amd64")),
    ).toBe(false);
  });

  it("looks below the root of process 1 where a service's sandbox hides the modules", () => {
    const hidden = Object.entries(withKernels("6.1.0-18-amd64", "6.1.0-18-amd64", "6.1.0-21-amd64")).map(
      ([path, text]) => [path.replace("/lib/", "/proc/1/root/lib/"), text],
    );
    expect(ask(Object.fromEntries(hidden))).toBe(true);
  });

  it("is unknown without the running kernel's modules, as in a container", () => {
    expect(ask(withKernels("6.1.0-18-amd64"))).toBeNull();
    expect(ask(withKernels("6.18.44-custom", "6.1.0-18-amd64"))).toBeNull();
  });
});
