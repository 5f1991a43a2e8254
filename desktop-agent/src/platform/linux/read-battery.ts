import { chargePercentOf, parseCount, percentOf } from "../reading-values.ts";
import type { SystemFiles } from "./system-files.ts";

const FOLDER = "/sys/class/power_supply";

// A USB, Bluetooth or HID device ("0003:046D:C52B.0004"): old kernels and some drivers set no scope for its battery.
const PERIPHERAL = /\/(usb\d+|uhid|bluetooth)\/|\/[0-9A-F]{4}:[0-9A-F]{4}:[0-9A-F]{4}\.[0-9A-F]{4}\//;

/** Folders of the batteries that power the machine. Batteries of mice and headsets have the scope "Device"; a bay may be empty. */
export function findBatteries(files: SystemFiles): string[] {
  return files
    .list(FOLDER)
    .map((name) => `${FOLDER}/${name}`)
    .filter((folder) => files.read(`${folder}/type`)?.trim() === "Battery")
    .filter((folder) => files.read(`${folder}/scope`)?.trim() !== "Device")
    .filter((folder) => files.read(`${folder}/present`)?.trim() !== "0")
    .filter((folder) => !PERIPHERAL.test(`${files.resolve(folder) ?? folder}/`));
}

/** Charge of all batteries together in percent, weighted by capacity where the kernel reports it; null without one. */
export async function readBattery(files: SystemFiles, folders: readonly string[]): Promise<number | null> {
  const readings = await Promise.all(folders.map((folder) => readOne(files, folder)));
  const batteries = readings.flatMap((battery) => battery ?? []);
  const isWeighed = batteries.every(({ capacity }) => capacity > 0);
  let charge = 0;
  let whole = 0;
  for (const { percent, capacity } of batteries) {
    const weight = isWeighed ? capacity : 1;
    charge += weight * percent;
    whole += weight * 100;
  }
  return percentOf(charge, whole) ?? null;
}

async function readOne(
  files: SystemFiles,
  folder: string,
): Promise<{ percent: number; capacity: number } | undefined> {
  const percent = chargePercentOf(parseCount((await files.readLater(`${folder}/capacity`))?.trim()));
  if (percent === undefined) return undefined;
  const capacity =
    (await files.readLater(`${folder}/energy_full`)) ?? (await files.readLater(`${folder}/charge_full`));
  return { percent, capacity: parseCount(capacity?.trim()) ?? 0 };
}
