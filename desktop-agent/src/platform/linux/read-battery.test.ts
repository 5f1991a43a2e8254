import { describe, expect, it } from "vitest";
import { createMemorySystemFiles } from "../testing/memory-system-files.ts";
import { findBatteries, readBattery } from "./read-battery.ts";

const supply = (name: string, files: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(files).map(([file, text]) => [`/sys/class/power_supply/${name}/${file}`, `${text}\n`]),
  );
const chargeOf = (table: Record<string, string>) => {
  const files = createMemorySystemFiles(table);
  return readBattery(files, findBatteries(files));
};

describe("readBattery", () => {
  it("weights batteries by capacity", async () => {
    const big = supply("BAT0", { type: "Battery", capacity: "90", energy_full: "60000000" });
    const small = supply("BAT1", { type: "Battery", capacity: "30", energy_full: "20000000" });
    expect(await chargeOf({ ...big, ...small })).toBe(75);
  });

  it("uses the mean when a battery does not report its capacity", async () => {
    const one = supply("BAT0", { type: "Battery", capacity: "90", charge_full: "5000000" });
    const other = supply("BAT1", { type: "Battery", capacity: "30" });
    expect(await chargeOf({ ...one, ...other })).toBe(60);
  });

  it("ignores mains, mice and batteries without a charge", async () => {
    const mains = supply("AC", { type: "Mains", online: "1" });
    const mouse = supply("hidpp_battery_0", { type: "Battery", scope: "Device", capacity: "10" });
    const mute = supply("BAT0", { type: "Battery", capacity: "" });
    expect(await chargeOf({ ...mains, ...mouse, ...mute })).toBeNull();
  });
});
