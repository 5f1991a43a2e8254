import { describe, expect, it } from "vitest";
import { readMachineIdentity } from "../../desktop-agent/src/agent/identity/machine-identity.ts";
import { createFakePlatform } from "../../desktop-agent/src/platform/fake/fake-platform.ts";
import { NoMachineIdError, withStoredMachineId } from "../../desktop-agent/src/platform/stored-machine-id.ts";
import { createLinuxIdentity } from "../../desktop-agent/src/platform/linux/linux-identity.ts";
import type { IdentityPort } from "../../desktop-agent/src/platform/ports.ts";
import { createMemorySystemFiles } from "../../desktop-agent/src/platform/testing/memory-system-files.ts";
import { createContext } from "../../desktop-agent/src/agent-host/context.ts";

const ID = "0123456789abcdef0123456789abcdef";
const DBUS = { "/var/lib/dbus/machine-id": `${ID}\n` };
const machineIdOf = (tree: Record<string, string>) =>
  createLinuxIdentity(createMemorySystemFiles(tree)).machineId();

describe("a machine id that is missing", () => {
  it.each([
    ["absent", {}],
    ["empty", { "/etc/machine-id": "" }],
    ["a line break", { "/etc/machine-id": "\n" }],
    ["of an image that was never started", { "/etc/machine-id": "uninitialized\n" }],
    ["zeros", { "/etc/machine-id": `${"0".repeat(32)}\n` }],
    ["cut short", { "/etc/machine-id": "0123456789abcdef\n" }],
  ])("is that of D-Bus: %s", async (_, tree) => {
    expect(await machineIdOf({ ...tree, ...DBUS })).toBe(ID);
    await expect(machineIdOf(tree)).rejects.toThrow(NoMachineIdError);
  });

  it("names the command that creates it", async () => {
    await expect(machineIdOf({})).rejects.toThrow("systemd-machine-id-setup");
  });
});

describe("a machine without any id", () => {
  const PATH = "/var/lib/muster-agent/machine-id";
  const MADE = "f".repeat(31).concat("0");
  const NONE: IdentityPort = {
    ...createLinuxIdentity(createMemorySystemFiles({})),
    machineId: () => Promise.reject(new NoMachineIdError("This system has no machine id.")),
  };

  it("gets an id that stays, even when its system gets one later", async () => {
    const { files } = createFakePlatform();
    expect(await withStoredMachineId(NONE, files, PATH, () => MADE).machineId()).toBe(MADE);
    const later: IdentityPort = { ...NONE, machineId: async () => ID };
    expect(await withStoredMachineId(later, files, PATH, () => "another").machineId()).toBe(MADE);
  });

  it("gets only one id for concurrent callers", async () => {
    const { files } = createFakePlatform();
    let made = 0;
    const port = withStoredMachineId(NONE, files, PATH, () => `${"a".repeat(31)}${made++}`);
    const [one, other] = await Promise.all([port.machineId(), port.machineId()]);
    expect(one).toBe(other);
  });

  it("uses the system's id when there is one, and writes nothing", async () => {
    const { files } = createFakePlatform();
    expect(
      await withStoredMachineId({ ...NONE, machineId: async () => ID }, files, PATH, () => MADE).machineId(),
    ).toBe(ID);
    expect(await files.read(PATH)).toBeNull();
  });

  it("gets no id when reading the system's id fails", async () => {
    const { files } = createFakePlatform();
    const failing: IdentityPort = {
      ...NONE,
      machineId: () => Promise.reject(new Error("ioreg did not answer in time")),
    };
    await expect(withStoredMachineId(failing, files, PATH, () => MADE).machineId()).rejects.toThrow("ioreg");
    expect(await files.read(PATH)).toBeNull();
  });

  it("has the same identity in every command of the agent", async () => {
    const platform = createFakePlatform();
    const system = { ...platform, identity: NONE };
    const made = await createContext({}, undefined, async () => system);
    const again = await createContext({}, undefined, async () => system);
    if (made.kind !== "ready" || again.kind !== "ready") throw new Error("no context");
    const identity = await readMachineIdentity(made.context.platform.identity);
    expect(await readMachineIdentity(again.context.platform.identity)).toEqual(identity);
  });
});
