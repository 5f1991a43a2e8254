import { describe, expect, it } from "vitest";
import { createMemorySystemFiles } from "../testing/memory-system-files.ts";
import { createTemperatureReader } from "./read-temperature.ts";

const temperatureOf = (table: Record<string, string>) =>
  createTemperatureReader(createMemorySystemFiles(table))();
const ZONE = {
  "/sys/class/thermal/thermal_zone0/type": "x86_pkg_temp\n",
  "/sys/class/thermal/thermal_zone0/temp": "48000\n",
};

describe("temperature reader", () => {
  it("uses the hottest sensor of the processor only", async () => {
    const table = {
      ...ZONE,
      "/sys/class/hwmon/hwmon0/name": "nvme\n",
      "/sys/class/hwmon/hwmon0/temp1_input": "70000\n",
      "/sys/class/hwmon/hwmon1/name": "coretemp\n",
      "/sys/class/hwmon/hwmon1/temp1_input": "51000\n",
      "/sys/class/hwmon/hwmon1/temp2_input": "53500\n",
    };
    expect(await temperatureOf(table)).toBe(53.5);
  });

  it("prefers Tdie to Tctl when an AMD chip has both", async () => {
    const chip = "/sys/class/hwmon/hwmon0";
    const table: Record<string, string> = {
      [`${chip}/name`]: "k10temp\n",
      [`${chip}/temp1_input`]: "75000\n",
      [`${chip}/temp1_label`]: "Tctl\n",
    };
    expect(await temperatureOf(table)).toBe(75);
    Object.assign(table, { [`${chip}/temp2_input`]: "48000\n", [`${chip}/temp2_label`]: "Tdie\n" });
    expect(await temperatureOf(table)).toBe(48);
  });

  it("uses the firmware's zone only when the processor has none", async () => {
    const firmware = {
      "/sys/class/thermal/thermal_zone1/type": "acpitz\n",
      "/sys/class/thermal/thermal_zone1/temp": "89000\n",
    };
    expect(await temperatureOf({ ...ZONE, ...firmware })).toBe(48);
    expect(await temperatureOf(firmware)).toBe(89);
  });

  it("uses a thermal zone when no chip is known", async () => {
    expect(await temperatureOf(ZONE)).toBe(48);
  });

  it.each(["0\n", "-274000\n", "127000\n", "garbage", ""])("ignores a sensor that reads %j", async (text) => {
    expect(await temperatureOf({ ...ZONE, "/sys/class/thermal/thermal_zone0/temp": text })).toBeNull();
  });

  it("finds sensors that appear later", async () => {
    const table: Record<string, string> = {};
    const read = createTemperatureReader(createMemorySystemFiles(table));
    expect(await read()).toBeNull();
    Object.assign(table, ZONE);
    expect(await read()).toBe(48);
  });
});
