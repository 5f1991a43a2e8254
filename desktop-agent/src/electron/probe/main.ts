import { probeHardware } from "../../platform/hardware-probe.ts";

/*
 * What the tray starts as a utility process for the inventory of its embedded engine. A program that the library started may hang: the
 * answer is written, so nothing waits for it.
 */
probeHardware(process.env).then(
  (line) => void process.stdout.write(line, () => process.exit()),
  () => process.exit(1),
);
