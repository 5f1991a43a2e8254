import { describe, expect, it } from "vitest";
import { parseCpuinfo } from "./read-hardware.ts";

const thread = (processor: number, packageId: number, core: number) =>
  `processor\t: ${processor}\nmodel name\t: Intel(R)  Xeon(R) CPU\nphysical id\t: ${packageId}\ncore id\t\t: ${core}\n`;

describe("parseCpuinfo", () => {
  it("counts cores of all packages and their threads", () => {
    const text = [thread(0, 0, 0), thread(1, 0, 0), thread(2, 1, 0), thread(3, 1, 0)].join("\n");
    expect(parseCpuinfo(text)).toEqual({ model: "Intel(R) Xeon(R) CPU", cores: 2, threads: 4 });
  });

  it("names an ARM board by its last block", () => {
    const text =
      "processor\t: 0\nBogoMIPS\t: 108.00\n\nprocessor\t: 1\n\nModel\t\t: Raspberry Pi 4 Model B Rev 1.4\n";
    expect(parseCpuinfo(text)).toEqual({ model: "Raspberry Pi 4 Model B Rev 1.4", cores: 2, threads: 2 });
  });
});
