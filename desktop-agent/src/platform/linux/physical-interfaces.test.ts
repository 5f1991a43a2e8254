import { describe, expect, it } from "vitest";
import { createMemorySystemFiles } from "../testing/memory-system-files.ts";
import { physicalInterfaces } from "./physical-interfaces.ts";
import { wholeDisks } from "./linux-metrics.ts";

describe("physicalInterfaces", () => {
  it("counts interfaces with a device, and not the bridges and tunnels that repeat their bytes", () => {
    const files = createMemorySystemFiles({
      "/sys/class/net/eth0/device": "-> ../../pci",
      "/sys/class/net/docker0/mtu": "1500",
    });
    expect([...physicalInterfaces(files, ["lo", "eth0", "docker0", "veth1", "tun0"])]).toEqual(["eth0"]);
  });

  it("counts a container's own interfaces, which have no device", () => {
    expect([...physicalInterfaces(createMemorySystemFiles({}), ["lo", "eth0", "sit0"])]).toEqual(["eth0"]);
  });

  it("does not let the name of an interface lead out of its folder", () => {
    const files = createMemorySystemFiles({
      "/sys/class/net/../../device": "",
      "/sys/class/net/eth0/device": "",
    });
    expect([...physicalInterfaces(files, ["../..", "eth0"])]).toEqual(["eth0"]);
  });
});

describe("wholeDisks", () => {
  it("counts disks, and neither their partitions nor volumes made of them", () => {
    const files = createMemorySystemFiles({
      "/sys/block/nvme0n1/device": "-> ../../nvme0",
      "/sys/block/dm-0/slaves/nvme0n1p3": "",
      "/sys/block/loop0/size": "0",
    });
    expect([...wholeDisks(files, ["nvme0n1", "nvme0n1p3", "dm-0", "loop0"])]).toEqual(["nvme0n1"]);
  });
});
