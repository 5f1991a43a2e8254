import { beforeEach, describe, expect, it } from "vitest";
import { type Context, createContext } from "../../agent-host/context.ts";
import { createFakePlatform, type FakePlatform } from "../../platform/fake/fake-platform.ts";
import { storeIdentity } from "../../../../tests/harness/fake-agent.ts";
import { installCommand, type InstallOptions, uninstallCommand } from "./install.command.ts";

let fake: FakePlatform;
let context: Context;
let notes: string[];

beforeEach(async () => {
  fake = createFakePlatform();
  notes = [];
  const made = await createContext({}, undefined, async () => fake);
  if (made.kind !== "ready") throw new Error(made.problems.join());
  ({ context } = made);
});

const deps = () => ({
  installation: fake.installation,
  readStdin: async () => "",
  note: (line: string) => void notes.push(line),
});
const install = (options: InstallOptions) => installCommand(context, options, deps());

describe("muster-agent install", () => {
  it("puts files and starts the service of a machine that is enrolled already", async () => {
    await storeIdentity(fake);
    expect(await install({ interval: "60" })).toMatchObject({
      kind: "done",
      data: { installed: true, enrolled: false },
    });
    expect(fake.installation.calls).toEqual(['home {"interval": 60}', "program usual", "start"]);
    expect(notes.join()).toContain("already enrolled");
  });

  it("leaves nothing behind when the first enrolment is impossible", async () => {
    expect(await install({ server: "https://muster.example.org", tokenStdin: true })).toMatchObject({
      kind: "failed",
      reason: expect.stringContaining("No enrolment token"),
    });
    expect(fake.installation.calls).toEqual(["home {}", "remove"]);
  });

  it("keeps an existing installation when an enrolment fails", async () => {
    await fake.installation.putProgram(null);
    expect((await install({ server: "https://muster.example.org", tokenStdin: true })).kind).toBe("failed");
    expect(fake.installation.calls).not.toContain("remove");
  });

  it("says what to do where no service manager is known, and why one refuses", async () => {
    fake.installation.startResult = { kind: "on-your-own", advice: "Have this system run it." };
    expect(await install({ enrol: false })).toMatchObject({
      kind: "done",
      text: expect.stringContaining("Have this system run it."),
    });
    fake.installation.startResult = { kind: "failed", reason: "It does not start." };
    expect(await install({ enrol: false })).toMatchObject({ kind: "failed", reason: "It does not start." });
  });

  it.each([
    [{ interval: "often" }, "--interval"],
    [{ dir: "relative" }, "--dir"],
    [{ dir: "/opt/a'b" }, "--dir"],
    [{ dir: "/opt/a\n[Service]" }, "--dir"],
  ])("refuses %j and touches nothing", async (options, named) => {
    expect(await install(options)).toMatchObject({
      kind: "failed",
      exit: "usage",
      reason: expect.stringContaining(named),
    });
    expect(fake.installation.calls).toEqual([]);
  });

  it("does nothing without the rights, or beside a package", async () => {
    fake.installation.obstacleText = "Installing requires root. Run the command with sudo.";
    expect(await install({})).toMatchObject({
      kind: "failed",
      reason: "Installing requires root. Run the command with sudo.",
    });
    expect(fake.installation.calls).toEqual([]);
  });
});

describe("muster-agent uninstall", () => {
  it("ends the service before it removes the files, and names what it keeps", async () => {
    await fake.installation.putProgram(null);
    fake.installation.kept = ["/opt/muster-agent"];
    expect(await uninstallCommand(context, deps())).toMatchObject({ kind: "done", data: { removed: true } });
    expect(fake.installation.calls).toEqual(["program usual", "stop", "remove"]);
    expect(notes.join()).toContain("/opt/muster-agent contains other files");
  });

  it("says that there is nothing to remove", async () => {
    expect(await uninstallCommand(context, deps())).toMatchObject({
      kind: "failed",
      reason: expect.stringContaining("not installed"),
    });
    expect(fake.installation.calls).toEqual([]);
  });
});
