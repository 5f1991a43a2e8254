import type { Inventory } from "@muster/shared/contracts/inventory.ts";
import type { DisclosedData, DisclosedEntry, DisclosedItem } from "@muster/shared/contracts/local-agent.ts";
import {
  INSTANCE_KINDS,
  type InstanceKind,
  labelledMetricsOf,
  METRIC_NAMES,
} from "@muster/shared/contracts/metric-table.ts";
import { cutToLength } from "@muster/shared/contracts/text-length.ts";
import { keysOf } from "@muster/shared/keys-of.ts";
import type { AgentPolicy, DeviceFacts } from "@muster/shared/contracts/report.ts";
import type { Observation } from "../collecting/observations.ts";

type Value = DisclosedItem["value"];
/** One reader for each part: a part that is added to the contract does not compile without one. */
type ReadersOf<Whole> = { readonly [Part in keyof Required<Whole>]: (whole: Whole) => Value };

const MAX_VALUE_LENGTH = 4000;
const MAX_ITEMS = 300;
const MAX_ENTRIES = 100;
const MAX_DETAILS = 60;

const FACTS: ReadersOf<DeviceFacts> = {
  user: ({ user }) => user ?? null,
  idleSince: ({ idleSince }) => idleSince ?? null,
  rebootRequired: ({ rebootRequired }) => rebootRequired ?? null,
  hungFileSystems: ({ hungFileSystems }) => listed(hungFileSystems?.map((name) => ({ name }))),
  excludedMounts: ({ excludedMounts }) => listed(excludedMounts?.map((name) => ({ name }))),
  faults: ({ faults }) =>
    listed(
      faults?.map(({ kind, subject, detail }) => ({
        name: subject,
        details: [kind, ...(typeof detail === "string" ? [detail] : [])],
      })),
    ),
  classReason: ({ classReason }) => classReason ?? null,
  diskMount: ({ diskMount }) => diskMount ?? null,
  services: ({ services }) =>
    listed(services?.list.map(({ name, state, startup }) => ({ name, details: stated([state, startup]) }))),
  skipped: ({ skipped }) =>
    listed(skipped?.map(({ collector, reason }) => ({ name: collector, details: [reason] }))),
};

const SYSTEM: ReadersOf<Inventory["os"]> = {
  family: ({ family }) => family,
  name: ({ name }) => name,
  version: ({ version }) => version ?? null,
  build: ({ build }) => build ?? null,
  kernel: ({ kernel }) => kernel ?? null,
  arch: ({ arch }) => arch,
};

const HARDWARE: ReadersOf<Omit<Inventory["hardware"], "cpu">> = {
  manufacturer: ({ manufacturer }) => manufacturer ?? null,
  model: ({ model }) => model ?? null,
  serial: ({ serial }) => serial ?? null,
  virtualization: ({ virtualization }) => virtualization ?? null,
  chassis: ({ chassis }) => chassis ?? null,
  memoryBytes: ({ memoryBytes }) => memoryBytes,
  hasBattery: ({ hasBattery }) => hasBattery,
  bios: ({ bios }) => joined([bios?.vendor, bios?.version, bios?.date]),
  board: ({ board }) => joined([board?.manufacturer, board?.model, board?.serial]),
  memoryModules: ({ memoryModules }) =>
    listed(
      memoryModules?.map(({ sizeBytes, type, speedMtps, slot }, index) => ({
        name: slot ?? String(index + 1),
        details: stated([type, speedMtps === undefined ? undefined : `${speedMtps} MT/s`]),
        sizeBytes,
      })),
    ),
  gpus: ({ gpus }) =>
    listed(
      gpus?.map(({ vendor, model, memoryBytes }) => ({
        name: model,
        details: stated([vendor]),
        ...(memoryBytes === undefined ? {} : { sizeBytes: memoryBytes }),
      })),
    ),
};

const PROCESSOR: ReadersOf<Inventory["hardware"]["cpu"]> = {
  model: ({ model }) => model,
  cores: ({ cores }) => cores,
  threads: ({ threads }) => threads,
};

const AGENT: ReadersOf<Inventory["agent"]> = {
  version: ({ version }) => version,
  runtime: ({ runtime }) => runtime,
  variant: ({ variant }) => variant,
};

const REST: ReadersOf<Omit<Inventory, "os" | "hardware" | "agent">> = {
  hostname: ({ hostname }) => hostname,
  classGuess: ({ classGuess }) => classGuess,
  disks: ({ disks }) =>
    listed(
      disks.map(({ mount, device, type, sizeBytes, removable, medium, bus, serial }) => ({
        name: mount,
        details: stated([type, device, medium, bus, serial]),
        sizeBytes,
        isRemovable: removable,
      })),
    ),
  networkInterfaces: ({ networkInterfaces }) =>
    listed(
      networkInterfaces.map(({ name, mac, addresses }) => ({
        name,
        details: [...(mac === undefined ? [] : [mac]), ...addresses],
      })),
    ),
  bootedAt: ({ bootedAt }) => bootedAt,
  timeZone: ({ timeZone }) => timeZone ?? null,
};

/** Names as users see them: `osVersion`, `cpuModel`, or the field's own name. */
const SYSTEM_NAMES: Record<keyof typeof SYSTEM, string> = {
  family: "osFamily",
  name: "osName",
  version: "osVersion",
  build: "osBuild",
  kernel: "kernel",
  arch: "arch",
};

type Sources = {
  latest: Observation | null;
  inventory: Inventory | null;
  intervalS: number;
  policy: AgentPolicy | null;
};

/** Everything that leaves this machine, with its present value; null where the machine has none. */
export function disclosedDataOf({ latest, inventory, intervalS, policy }: Sources): DisclosedData {
  const items: DisclosedItem[] = METRIC_NAMES.map((name) => ({
    key: `metric.${name}`,
    kind: "metric",
    value: latest?.sample[name] ?? null,
  }));
  items.push(...INSTANCE_KINDS.flatMap((kind) => readSeries(kind, latest?.sample.series?.[kind])));
  items.push(...read("fact", FACTS, latest?.facts ?? null, (name) => name));
  items.push(...read("inventory", REST, inventory, (name) => name));
  items.push(...read("inventory", SYSTEM, inventory?.os ?? null, (name) => SYSTEM_NAMES[name]));
  items.push(...read("inventory", HARDWARE, inventory?.hardware ?? null, (name) => name));
  items.push(
    ...read("inventory", PROCESSOR, inventory?.hardware.cpu ?? null, (name) => `cpu${capitalized(name)}`),
  );
  items.push(...read("inventory", AGENT, inventory?.agent ?? null, (name) => `agent${capitalized(name)}`));
  return {
    items: items.slice(0, MAX_ITEMS),
    intervalS,
    kept: policy && {
      samplesDays: policy.keptDays.samples,
      fiveMinutesDays: policy.keptDays.fiveMinutes,
      hoursDays: policy.keptDays.hours,
    },
  };
}

/** Each labelled metric of a kind: the instances by name, with the value of each as its only detail. */
function readSeries(
  kind: InstanceKind,
  series: Readonly<Record<string, readonly (string | number | null)[]>> | undefined,
): DisclosedItem[] {
  return labelledMetricsOf(kind).map(([metric]) => {
    const entries = (series?.["names"] ?? []).flatMap((name, index) => {
      const value = series?.[metric]?.[index] ?? null;
      return value === null ? [] : [{ name: String(name), details: [String(value)] }];
    });
    return { key: `metric.${kind}.${metric}`, kind: "metric", value: listed(entries) };
  });
}

function read<Name extends string, Whole>(
  kind: "fact" | "inventory",
  readers: Readonly<Record<Name, (whole: Whole) => Value>>,
  whole: Whole | null,
  nameOf: (name: Name) => string,
): DisclosedItem[] {
  const names = keysOf(readers);
  return names.map((name) => {
    const value = whole === null ? null : readers[name](whole);
    const cut = typeof value === "string" ? cutToLength(value, MAX_VALUE_LENGTH) : value;
    return { key: `${kind}.${nameOf(name)}`, kind, value: cut };
  });
}

type Entry = Partial<DisclosedEntry> & Pick<DisclosedEntry, "name">;

function listed(entries: readonly Entry[] | undefined): DisclosedEntry[] | null {
  if (entries === undefined || entries.length === 0) return null;
  return entries
    .slice(0, MAX_ENTRIES)
    .map((entry) => ({ ...entry, details: (entry.details ?? []).slice(0, MAX_DETAILS) }));
}

function stated(texts: readonly (string | undefined)[]): string[] {
  return texts.filter((text) => text !== undefined);
}

function joined(texts: readonly (string | undefined)[]): string | null {
  return stated(texts).join(" · ") || null;
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
