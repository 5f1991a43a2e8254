import { describe, expect, it } from "vitest";
import { detectVirtualization } from "../../desktop-agent/src/platform/linux/detect-virtualization.ts";
import { createLinuxIdentity } from "../../desktop-agent/src/platform/linux/linux-identity.ts";
import { createMemorySystemFiles } from "../../desktop-agent/src/platform/testing/memory-system-files.ts";

type Tree = Record<string, string>;

const kindOf = (tree: Tree) => detectVirtualization(createMemorySystemFiles(tree));
const ON = {
  "a virtual machine": { "/sys/class/dmi/id/sys_vendor": "QEMU\n" },
  "bare metal": { "/sys/class/dmi/id/sys_vendor": "Dell Inc.\n" },
};
const CGROUP2 = { "/proc/1/cgroup": "0::/\n", "/proc/1/comm": "agent\n" };
const root = (type: string, rest: string) => `612 540 0:210 / / rw,relatime master:1 - ${type} ${rest}\n`;

// Written after the mount tables and environments that containerd, CRI-O, Podman, LXC and systemd-nspawn give with control groups of version 2.
const CONTAINERS: [string, Tree][] = [
  [
    "a pod of containerd",
    {
      "/proc/1/environ": "PATH=/bin\0KUBERNETES_SERVICE_HOST=10.96.0.1\0",
      "/proc/self/mountinfo": root(
        "overlay",
        "overlay rw,lowerdir=/var/lib/containerd/x,upperdir=/u,workdir=/w",
      ),
      "/var/run/secrets/kubernetes.io/serviceaccount/namespace": "default",
    },
  ],
  ["a pod that may not read process 1", { "/proc/self/environ": "KUBERNETES_SERVICE_HOST=10.96.0.1\0" }],
  [
    "a pod without a service account, on an overlay",
    { "/proc/self/mountinfo": root("overlay", "overlay rw") },
  ],
  [
    "an image on ZFS, by the files of its engine",
    {
      "/proc/self/mountinfo": `${root("zfs", "rpool/x rw")}620 612 0:9 /x /etc/resolv.conf rw - tmpfs tmpfs rw\n`,
    },
  ],
  ["Podman without privileges", { "/proc/self/mountinfo": root("fuse.fuse-overlayfs", "fuse-overlayfs rw") }],
  [
    "an LXC",
    {
      "/proc/self/mountinfo": `${root("ext4", "/dev/loop0 rw")}80 70 0:55 / /proc/meminfo rw - fuse.lxcfs lxcfs rw\n`,
    },
  ],
  ["a task of Fargate", { "/proc/1/environ": "ECS_CONTAINER_METADATA_URI_V4=http://169.254.170.2/v4/x\0" }],
  ["a container of an engine nobody knows, by its namespace", { "/proc/self/ns/pid": "inode 4026532451" }],
  [
    "cri-containerd with control groups of version 1",
    { "/proc/1/cgroup": "4:cpu:/cri-containerd-1f2e.scope\n" },
  ],
];

describe("detects a container with few markers of its engine", () => {
  const everywhere = CONTAINERS.flatMap(([name, tree]) =>
    Object.entries(ON).map(
      ([place, dmi]) => [`${name} on ${place}`, { ...CGROUP2, ...tree, ...dmi }] as const,
    ),
  );
  it.each(everywhere)("%s", (_, tree) => {
    expect(kindOf(tree)).toEqual({ kind: "container" });
  });

  it("has a new boot id with each new first process", async () => {
    const files = createMemorySystemFiles({
      ...CGROUP2,
      "/proc/self/mountinfo": root("overlay", "overlay rw"),
      "/proc/sys/kernel/random/boot_id": "2c47e640-7b0b-4614-9683-17043922272a\n",
      "/proc/1/stat": "1 (a) S 0 1 1 0 -1 4194560 1 2 0 0 1 1 0 0 20 0 1 0 48211 100 5 0\n",
    });
    expect(await createLinuxIdentity(files).bootId()).toBe("2c47e640-7b0b-4614-9683-17043922272a-48211");
  });
});

describe("is not a container:", () => {
  const MACHINE = { "/proc/2/comm": "kthreadd\n", "/proc/self/ns/pid": "inode 4026531836" };

  it("a machine that runs containers or was made from an image", () => {
    expect(
      kindOf({
        ...MACHINE,
        "/.dockerenv": "",
        "/proc/self/mountinfo": `${root("overlay", "airootfs rw")}80 70 0:55 / /var/lib/lxcfs rw - fuse.lxcfs lxcfs rw\n`,
      }),
    ).toEqual({ kind: "none" });
  });

  it("a host of LXC whose service may not see other processes", () => {
    expect(
      kindOf({ "/proc/self/mountinfo": "80 70 0:55 / /var/lib/lxcfs rw - fuse.lxcfs lxcfs rw\n" }),
    ).toEqual({
      kind: "none",
    });
  });

  it("a distribution of WSL", () => {
    const wsl = {
      "/proc/sys/kernel/osrelease": "5.15.153.1-microsoft-standard-WSL2\n",
      "/proc/2/comm": "init\n",
    };
    expect(kindOf({ ...wsl, "/proc/self/ns/pid": "inode 4026532451" })).toEqual({ kind: "vm", name: "wsl" });
    expect(kindOf({ ...wsl, "/proc/self/mountinfo": root("overlay", "overlay rw") })).toEqual({
      kind: "container",
    });
  });

  it.each<[string, Tree]>([
    ["xenfs", { "/proc/xen/capabilities": "control_d\n" }],
    ["sysfs alone", { "/sys/hypervisor/properties/features": "00002b7f\n" }],
  ])("a Xen host, although its CPU flag names a hypervisor: by %s", (_, tree) => {
    expect(
      kindOf({
        ...MACHINE,
        "/sys/hypervisor/type": "xen\n",
        "/proc/cpuinfo": "flags\t\t: fpu hypervisor lahf_lm\n",
        ...tree,
      }),
    ).toEqual({ kind: "none" });
  });
});
