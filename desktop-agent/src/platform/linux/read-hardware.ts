import { chassisName } from "../chassis-name.ts";
import { parseCount } from "../reading-values.ts";
import { known, meaningfulText } from "../meaningful-text.ts";
import type { SystemFiles } from "./system-files.ts";
import type { Inventory } from "@muster/shared/contracts/inventory.ts";

type Hardware = Pick<
  Inventory["hardware"],
  "manufacturer" | "model" | "serial" | "chassis" | "bios" | "board"
>;

/** Reads the firmware's description of the machine, from DMI or else from the device tree of ARM boards. */
export function readHardware(files: SystemFiles): Hardware {
  const dmi = (name: string) => meaningfulText(files.read(`/sys/class/dmi/id/${name}`));
  const tree = (name: string) =>
    meaningfulText(files.read(`/proc/device-tree/${name}`)?.replaceAll("\0", ""));
  return {
    manufacturer: dmi("sys_vendor") ?? dmi("board_vendor"),
    model: dmi("product_name") ?? dmi("board_name") ?? tree("model"),
    // Only root may read it, so it is missing when the agent runs without root.
    serial: dmi("product_serial") ?? dmi("board_serial") ?? tree("serial-number"),
    chassis: chassisName(parseCount(dmi("chassis_type"))),
    bios: known({ vendor: dmi("bios_vendor"), version: dmi("bios_version"), date: dmi("bios_date") }),
    board: known({
      manufacturer: dmi("board_vendor"),
      model: dmi("board_name"),
      serial: dmi("board_serial"),
    }),
  };
}

type Cpuinfo = { model: string | undefined; cores: number; threads: number };

/** Reads /proc/cpuinfo. Cores are counted by package and core number; where the kernel gives none, a thread counts as a core. */
export function parseCpuinfo(text: string): Cpuinfo {
  const blocks = text.split(/\n\n+/).map(parseBlock);
  const processors = blocks.filter((block) => /^\d+$/.test(block.get("processor") ?? ""));
  const cores = new Set(
    processors.flatMap((block) => {
      const core = block.get("core id");
      return core === undefined ? [] : [`${block.get("physical id") ?? "0"} ${core}`];
    }),
  );
  return { model: findModel(blocks), cores: cores.size || processors.length, threads: processors.length };
}

// x86 and RISC-V name each processor; 32-bit ARM boards name themselves once at the end.
function findModel(blocks: readonly Map<string, string>[]): string | undefined {
  for (const name of ["model name", "cpu model", "uarch", "cpu", "Model", "Hardware"]) {
    const model = blocks.map((block) => block.get(name)).find((value) => value !== undefined && value !== "");
    if (model !== undefined) return model.replaceAll(/\s+/g, " ");
  }
  return undefined;
}

function parseBlock(block: string): Map<string, string> {
  return new Map(
    block.split("\n").flatMap((line) => {
      const colon = line.indexOf(":");
      return colon < 0 ? [] : [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()] as const];
    }),
  );
}
