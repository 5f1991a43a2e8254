import { parseCount, percentOf } from "../figures.ts";
import type { SystemFiles } from "./system-files.ts";

const FOLDER = "/sys/class/power_supply";

/** Folders of the batteries that run the machine; those of mice and headsets have the scope "Device". */
export function findBatteries(files: SystemFiles): string[] {
  return files
    .list(FOLDER)
    .map((name) => `${FOLDER}/${name}`)
    .filter((folder) => files.read(`${folder}/type`)?.trim() === "Battery")
    .filter((folder) => files.read(`${folder}/scope`)?.trim() !== "Device");
}

/** Charge of all batteries together in percent, weighed by what each can hold where the kernel tells; null without one. */
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
  const percent = parseCount((await files.readLater(`${folder}/capacity`))?.trim());
  if (percent === undefined) return undefined;
  const capacity =
    (await files.readLater(`${folder}/energy_full`)) ?? (await files.readLater(`${folder}/charge_full`));
  return { percent: Math.min(100, percent), capacity: parseCount(capacity?.trim()) ?? 0 };
}
