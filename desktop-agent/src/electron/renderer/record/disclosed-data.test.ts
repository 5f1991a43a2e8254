import type { DisclosedItem } from "@muster/shared/contracts/local-agent.ts";
import { LABELLED_METRICS_BY_KEY, METRIC_NAMES } from "@muster/shared/contracts/metric-table.ts";
import { expect, it } from "vitest";
import { createTranslations } from "../../model/translations.ts";
import { disclosedName } from "./disclosed-names.ts";
import { disclosedValue } from "./disclosed-values.ts";

const translations = await createTranslations("en", "en-GB");
const item = (key: string, value: DisclosedItem["value"]): DisclosedItem => ({
  key,
  kind: key.startsWith("metric") ? "metric" : key.startsWith("fact") ? "fact" : "inventory",
  value,
});
const named = (key: string) => disclosedName(item(key, null), translations.t);

it("has translations for every metric", () => {
  for (const name of [...METRIC_NAMES, ...LABELLED_METRICS_BY_KEY.keys()])
    expect(named(`metric.${name}`)).toMatch(/^[A-Z].* /);
});

it("shows the value of each instance in the unit of its metric", () => {
  const free = [
    { name: "/", details: ["3000000000"] },
    { name: "<b>", details: ["0"] },
  ];
  expect(disclosedValue(item("metric.fileSystem.free", free), translations)).toEqual([
    { name: "/", lines: ["3 GB"] },
    { name: "<b>", lines: ["0 kB"] },
  ]);
});

it.each([
  ["metric.cpu", "Processor usage"],
  ["fact.user", "Logged-in user"],
  ["inventory.serial", "Serial number"],
  ["metric.fanSpeed.left", "Fan speed left"],
  ["fact.cpu", "Cpu"],
  ["inventory.constructor", "Constructor"],
])("calls %s: %s", (key, name) => {
  expect(named(key)).toBe(name);
});

it.each([
  ["metric.cpu", 12.4, "12%"],
  ["metric.diskFree", 3e9, "3 GB"],
  ["metric.netIn", 1500, "1.5 kB/s"],
  ["metric.temperature", 51.26, "51.3 °C"],
  ["metric.load", 0.25, "0.3"],
  ["inventory.memoryBytes", 16 * 1024 ** 3, "16\u00a0GiB"],
  ["fact.rebootRequired", true, "yes"],
  ["fact.rebootRequired", false, "no"],
  ["fact.user", null, "none"],
  ["inventory.serial", "<b>X</b>", "<b>X</b>"],
  ["inventory.osFamily", "other", "other system"],
  ["inventory.classGuess", "vm", "virtual machine"],
  ["inventory.agentVariant", "headless", "a service"],
  ["inventory.classGuess", "constructor", "constructor"],
  ["metric.unheardOf", 7.25, "7.3"],
])("shows %s of %s as %s", (key, value, text) => {
  expect(disclosedValue(item(key, value), translations)).toBe(text);
});

it("shows disks with their size, and each address on its own line", () => {
  const disk = { name: "/home", details: ["ext4", "/dev/sda2"], sizeBytes: 512_000_000, isRemovable: false };
  const stick = { name: "/media/stick", details: ["vfat"], sizeBytes: 31e9, isRemovable: true };
  expect(disclosedValue(item("inventory.disks", [disk, stick]), translations)).toEqual([
    { name: "/home", lines: ["512 MB · ext4 · /dev/sda2"] },
    { name: "/media/stick", lines: ["31 GB · vfat · removable"] },
  ]);
  const card = { name: "eth0", details: ["02:00:00:00:00:01", "10.0.0.7"] };
  expect(disclosedValue(item("inventory.networkInterfaces", [card]), translations)).toEqual([
    { name: "eth0", lines: card.details },
  ]);
});

it.each([
  ["battery", "Battery charge"],
  ["fan-speed", "Fan speed"],
  ["constructor", "Constructor"],
])("names what could not be read: %s", (collector, name) => {
  const skipped = [{ name: collector, details: ["no such file"] }];
  expect(disclosedValue(item("fact.skipped", skipped), translations)).toEqual([
    { name, lines: ["no such file"] },
  ]);
});

it("shows instants as local times", () => {
  const atMs = Date.UTC(2026, 10, 20, 12);
  expect(disclosedValue(item("fact.idleSince", atMs), translations)).toBe(translations.formats.minute(atMs));
});
