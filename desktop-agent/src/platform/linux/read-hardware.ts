import { chassisName } from "../chassis-name.ts";
import { parseCount } from "../reading-values.ts";
import { meaningfulText } from "../meaningful-text.ts";
import type { SystemFiles } from "./system-files.ts";

export type Hardware = {
  manufacturer: string | undefined;
  model: string | undefined;
  serial: string | undefined;
  chassis: string | undefined;
};

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
  };
}
