import { describe, expect, it } from "vitest";
import { createMemorySystemFiles } from "../testing/memory-system-files.ts";
import { detectVirtualization } from "./detect-virtualization.ts";

const MACHINE = { "/proc/2/comm": "kthreadd\n" };
const kindOf = (table: Record<string, string>) => detectVirtualization(createMemorySystemFiles(table));
const vendor = (name: string) => ({ ...MACHINE, "/sys/class/dmi/id/sys_vendor": `${name}\n` });

describe("detectVirtualization", () => {
  it.each<[string, Record<string, string>]>([
    ["docker", { "/.dockerenv": "" }],
    ["podman", { "/run/.containerenv": "" }],
    ["systemd-nspawn", { "/run/systemd/container": "systemd-nspawn\n" }],
    ["lxc", { "/proc/1/environ": "PATH=/bin\0container=lxc\0" }],
    ["kubernetes", { "/proc/1/cgroup": "0::/kubepods/besteffort/pod1\n" }],
  ])("recognises a container of %s", (_, table) => {
    expect(kindOf(table)).toEqual({ kind: "container" });
  });

  it("does not treat a machine as a container because of a marker in its image", () => {
    expect(kindOf({ ...MACHINE, "/.dockerenv": "" })).toEqual({ kind: "none" });
  });

  it.each([
    ["VMware, Inc.", "vmware"],
    ["innotek GmbH", "virtualbox"],
    ["QEMU", "kvm"],
    ["Xen", "xen"],
  ])("recognises the hypervisor of %s", (name, hypervisor) => {
    expect(kindOf(vendor(name))).toEqual({ kind: "vm", name: hypervisor });
  });

  it("distinguishes Microsoft's virtual machine from its laptops", () => {
    const product = (name: string) => ({
      ...vendor("Microsoft Corporation"),
      "/sys/class/dmi/id/product_name": name,
    });
    expect(kindOf(product("Virtual Machine\n"))).toEqual({ kind: "vm", name: "hyperv" });
    expect(kindOf(product("Surface Laptop 5\n"))).toEqual({ kind: "none" });
  });

  it("uses the clock source or the CPU flag when the firmware names no hypervisor", () => {
    const clock = "/sys/devices/system/clocksource/clocksource0/available_clocksource";
    expect(kindOf({ ...MACHINE, [clock]: "tsc kvm-clock \n" })).toEqual({ kind: "vm", name: "kvm" });
    expect(kindOf({ ...MACHINE, "/proc/cpuinfo": "flags\t\t: fpu hypervisor lahf_lm\n" })).toEqual({
      kind: "vm",
      name: "unknown hypervisor",
    });
  });
});
