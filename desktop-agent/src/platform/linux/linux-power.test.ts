import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createEventLog, type EventLog } from "../testing/event-log.ts";
import { type LoginService, pretendToBeLoginService, startLoginService } from "../testing/login-service.ts";
import { type PrivateBus, startPrivateBus } from "../testing/private-bus.ts";
import { createFakeClock } from "../fake/fake-clock.ts";
import { createFakeCommands } from "../fake/fake-commands.ts";
import type { Cancel, PowerEvent } from "../ports.ts";
import { createLinuxPower, parseListJobs, shutdownKindOf } from "./linux-power.ts";

const bus: PrivateBus | null = await startPrivateBus();
const JOBS = "systemctl list-jobs --no-legend --no-pager";

describe.skipIf(bus === null)("linux power on a private bus (skipped without dbus-daemon)", () => {
  const socketPath = bus?.socketPath ?? "";
  let service: LoginService;
  let events: EventLog<PowerEvent>;
  const clock = createFakeClock();
  const commands = createFakeCommands({});
  const power = createLinuxPower(commands, clock, socketPath);
  let cancel: Cancel;

  beforeAll(async () => {
    service = await startLoginService(socketPath, {
      "/org/freedesktop/login1 ScheduledShutdown": ["(st)", ["reboot", 1_800_000_000_000_000]],
    });
  });
  beforeEach(async () => {
    events = createEventLog();
    cancel = await power.subscribe(events.add, () => undefined);
    return () => cancel();
  });
  afterAll(() => {
    service.stop();
    bus?.stop();
  });

  it("reports sleep and wake-up, and holds the delay lock only while awake", async () => {
    expect(commands.following("systemd-inhibit")).toBe(1);
    service.emit("PrepareForSleep", "b", [true]);
    const sleep = await events.next();
    expect(sleep.kind).toBe("about-to-sleep");
    if (sleep.kind === "about-to-sleep") sleep.release();
    expect(commands.following("systemd-inhibit")).toBe(0);
    service.emit("PrepareForSleep", "b", [false]);
    expect((await events.next()).kind).toBe("woke");
    expect(commands.following("systemd-inhibit")).toBe(1);
  });

  it("reads the kind of shutdown from systemd's newer signal and reports it once", async () => {
    service.emit("PrepareForShutdownWithMetadata", "ba{sv}", [true, [["type", ["s", "poweroff"]]]]);
    service.emit("PrepareForShutdown", "b", [true]);
    expect(await events.next()).toMatchObject({ kind: "going-down", how: "shutting-down" });
    expect(await power.goingDown()).toBe("shutting-down");
    service.emit("PrepareForShutdown", "b", [false]);
    service.emit("PrepareForSleep", "b", [false]);
    expect((await events.next()).kind).toBe("woke");
    expect(await power.goingDown()).toBe("no");
  });

  it("asks an older systemd what was planned", async () => {
    service.emit("PrepareForShutdown", "b", [true]);
    expect(await events.next()).toMatchObject({ kind: "going-down", how: "restarting" });
  });

  it("uses the jobs of systemd when the agent is asked to stop", async () => {
    const stopping = createLinuxPower(
      createFakeCommands({
        [JOBS]: "12 reboot.target start waiting\n 7 muster-agent.service stop running\n",
      }),
      clock,
      socketPath,
    );
    expect(await stopping.goingDown()).toBe("restarting");
  });

  it("ignores signals of other programs on the bus", async () => {
    await pretendToBeLoginService(socketPath, "PrepareForSleep");
    service.emit("PrepareForSleep", "b", [false]);
    expect((await events.next()).kind).toBe("woke");
  });
});

describe("linux power without a bus", () => {
  it("logs it once and tries again every minute", async () => {
    const clock = createFakeClock();
    const notes: string[] = [];
    const power = createLinuxPower(createFakeCommands({}), clock, "/nonexistent/bus");
    const cancel = await power.subscribe(
      () => undefined,
      (note) => notes.push(note),
    );
    expect(notes).toEqual([expect.stringContaining("There are no notifications of sleep and shutdown")]);
    expect(clock.timers()).toBe(1);
    cancel();
    expect(clock.timers()).toBe(0);
    expect(await power.goingDown()).toBe("no");
  });
});

// Written from the columns that systemctl(1) names: JOB UNIT TYPE STATE.
const jobs = (target: string) =>
  `  1034 ${target}.target                 start waiting\n  1035 systemd-update-utmp.service   start waiting\n   990 muster-agent.service          stop  running\n`;

describe("parseListJobs", () => {
  it.each([
    ["reboot", "restarting"],
    ["kexec", "restarting"],
    ["soft-reboot", "restarting"],
    ["poweroff", "shutting-down"],
    ["halt", "shutting-down"],
    ["multi-user", "no"],
  ])("of %s is %s", (target, how) => {
    expect(parseListJobs(jobs(target))).toBe(how);
  });

  it("does not mistake a target that is being stopped", () => {
    expect(parseListJobs("12 reboot.target stop waiting\n")).toBe("no");
  });
});

describe("shutdownKindOf", () => {
  it("treats an unknown name as a shutdown", () => {
    expect(["reboot", "dry-reboot", undefined, ["reboot"]].map(shutdownKindOf)).toEqual([
      "restarting",
      "shutting-down",
      "shutting-down",
      "shutting-down",
    ]);
  });
});
