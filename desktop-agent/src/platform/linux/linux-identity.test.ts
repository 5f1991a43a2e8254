import { describe, expect, it } from "vitest";
import { createMemorySystemFiles } from "../testing/memory-system-files.ts";
import { createLinuxIdentity } from "./linux-identity.ts";

const BOOT = "2c47e640-7b0b-4614-9683-17043922272a";
const BOOT_FILE = { "/proc/sys/kernel/random/boot_id": `${BOOT}\n` };
const identityOf = (table: Record<string, string>) => createLinuxIdentity(createMemorySystemFiles(table));

describe("linux identity", () => {
  it("reads the machine id and rejects that of an image that was never booted", async () => {
    const id = "3d1219c7c4c5404aaa1f6d2a48adfda4";
    expect(await identityOf({ "/etc/machine-id": `${id}\n` }).machineId()).toBe(id);
    expect(await identityOf({ "/var/lib/dbus/machine-id": id }).machineId()).toBe(id);
    await expect(identityOf({ "/etc/machine-id": "uninitialized\n" }).machineId()).rejects.toThrow(
      "/etc/machine-id",
    );
    await expect(identityOf({}).machineId()).rejects.toThrow("/etc/machine-id");
  });

  it("reads the mainboard's UUID, but not one that many boards share", async () => {
    const path = "/sys/class/dmi/id/product_uuid";
    expect(await identityOf({ [path]: "5B0C7F3E-2A64-4D0B-9A51-3B8F0C6E7D21\n" }).hypervisorUuid()).toBe(
      "5b0c7f3e-2a64-4d0b-9a51-3b8f0c6e7d21",
    );
    expect(await identityOf({ [path]: "03000200-0400-0500-0006-000700080009" }).hypervisorUuid()).toBeNull();
    expect(await identityOf({}).hypervisorUuid()).toBeNull();
  });

  it("uses the kernel's boot id on a machine", async () => {
    expect(await identityOf({ ...BOOT_FILE, "/proc/2/comm": "kthreadd\n", "/.dockerenv": "" }).bootId()).toBe(
      BOOT,
    );
  });

  it("distinguishes starts of a container by its first process", async () => {
    const stat = "1 (a) b) (c) S 0 1 1 0 -1 4194560 1 2 0 0 1 1 0 0 20 0 1 0 48211 100 5 0\n";
    const container = { ...BOOT_FILE, "/.dockerenv": "", "/proc/1/stat": stat };
    expect(await identityOf(container).bootId()).toBe(`${BOOT}-48211`);
    await expect(identityOf({ ...container, "/proc/1/stat": "1 (cut" }).bootId()).rejects.toThrow(
      "/proc/1/stat",
    );
  });
});
