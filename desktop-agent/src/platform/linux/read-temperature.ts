import type { SystemFiles } from "./system-files.ts";

const PROCESSOR_CHIPS = new Set(["coretemp", "k10temp", "zenpower", "cpu_thermal", "cputemp", "soc_thermal"]);
// In order of preference: the firmware's zone is often a constant or the mainboard's temperature.
const PROCESSOR_ZONES = [/^(x86_pkg_temp|cpu|soc|cluster|big|little|package)/i, /^acpitz/i];

/**
 * Makes a reader of the processor's temperature in degrees Celsius, that of the hottest sensor; null when none gives a valid value.
 * Then it searches for sensors again: drivers load late, and after sleep under other names.
 */
export function createTemperatureReader(files: SystemFiles): () => Promise<number | null> {
  let paths: string[] = [];
  return async () => {
    if (paths.length === 0) paths = findTemperatureFiles(files);
    const hottest = await readHottest(files, paths);
    if (hottest === null) paths = [];
    return hottest;
  };
}

// Chips first, then thermal zones. Both hold thousandths of a degree.
function findTemperatureFiles(files: SystemFiles): string[] {
  const chips = files
    .list("/sys/class/hwmon")
    .map((name) => `/sys/class/hwmon/${name}`)
    .filter((folder) => PROCESSOR_CHIPS.has(files.read(`${folder}/name`)?.trim() ?? ""))
    .flatMap((folder) => sensorsOf(files, folder));
  if (chips.length > 0) return chips;
  const zones = files
    .list("/sys/class/thermal")
    .filter((name) => name.startsWith("thermal_zone"))
    .map((name) => `/sys/class/thermal/${name}`);
  for (const pattern of PROCESSOR_ZONES) {
    const matching = zones.filter((folder) => pattern.test(files.read(`${folder}/type`) ?? ""));
    if (matching.length > 0) return matching.map((folder) => `${folder}/temp`);
  }
  return [];
}

// Some AMD processors add up to 27 degrees to Tctl to control fans; Tdie is the real temperature.
function sensorsOf(files: SystemFiles, folder: string): string[] {
  const sensors = files.list(folder).flatMap((file) => /^(temp\d+)_input$/.exec(file)?.[1] ?? []);
  const labelOf = (sensor: string) => files.read(`${folder}/${sensor}_label`)?.trim();
  const hasTdie = sensors.some((sensor) => labelOf(sensor) === "Tdie");
  return sensors
    .filter((sensor) => !hasTdie || labelOf(sensor) !== "Tctl")
    .map((sensor) => `${folder}/${sensor}_input`);
}

async function readHottest(files: SystemFiles, paths: readonly string[]): Promise<number | null> {
  const texts = await Promise.all(paths.map((path) => files.readLater(path)));
  const degrees = texts.flatMap((text) => parseMillidegrees(text) ?? []);
  return degrees.length === 0 ? null : Math.max(...degrees);
}

// Sensors that are absent or asleep answer 0, 127 or thousands below zero.
function parseMillidegrees(text: string | undefined): number | undefined {
  if (text === undefined || !/^-?\d{1,7}\s*$/.test(text)) return undefined;
  const degrees = Number(text) / 1000;
  return degrees > -40 && degrees < 127 && degrees !== 0 ? degrees : undefined;
}
