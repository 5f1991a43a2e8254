import type { ClassReason } from "@muster/shared/contracts/inventory.ts";
import type { DeviceFacts, DeviceFault, Report } from "@muster/shared/contracts/report.ts";
import type { FaultFacts } from "@muster/shared/health/fault-reasons.ts";

/** Facts without a column of their own: shown, and never searched or ordered by. */
export type StoredFacts = {
  diskMount: string | null;
  /** By the device's administrator. */
  excludedMounts: string[];
  hungFileSystems: string[];
  skipped: { collector: string; reason: string }[];
  faults: DeviceFault[];
  classReason: ClassReason | null;
  /** Fields that the agent sends and this server does not know, as dotted paths. */
  ignored: string[];
};

export const NO_FACTS: StoredFacts = {
  diskMount: null,
  excludedMounts: [],
  hungFileSystems: [],
  skipped: [],
  faults: [],
  classReason: null,
  ignored: [],
};

const MAX_IGNORED_NAMES = 10;

/**
 * The column `facts` after new ones came. They come together: what is left out could not be read and stays as it was, except that
 * without `skipped` every collector ran.
 */
export function mergeFacts(stored: string, facts: DeviceFacts): string {
  const before = readFacts(stored);
  const merged: StoredFacts = {
    diskMount: facts.diskMount ?? before.diskMount,
    excludedMounts: facts.excludedMounts ?? before.excludedMounts,
    hungFileSystems: facts.hungFileSystems ?? before.hungFileSystems,
    skipped: facts.skipped ?? [],
    faults: facts.faults ?? before.faults,
    classReason: facts.classReason ?? before.classReason,
    ignored: before.ignored,
  };
  return JSON.stringify(merged);
}

/**
 * The column `facts` after a report whose fields `names` were left out. A part of the report that came without an unknown field has none
 * any more; one that did not come is as before.
 */
export function mergeIgnored(stored: string, names: readonly string[], report: Report): string {
  if (names.length === 0 && !stored.includes('"ignored":["')) return stored;
  const before = readFacts(stored);
  const kept = before.ignored.filter((name) => !isOfSentPart(name, report));
  const ignored = [...new Set([...names, ...kept])].toSorted().slice(0, MAX_IGNORED_NAMES);
  if (ignored.join("\n") === before.ignored.join("\n")) return stored;
  return JSON.stringify({ ...before, ignored });
}

/** Reads the column `facts`, which `mergeFacts` wrote, or a version that knew fewer facts. */
export function readFacts(stored: string): StoredFacts {
  const facts: Partial<StoredFacts> = JSON.parse(stored);
  return { ...NO_FACTS, ...facts };
}

/**
 * What the column `facts` says about faults; null for nothing. Lists read thousands of these, so that only a column with faults is parsed:
 * in JSON, a quote inside a text has a backslash before it.
 */
export function readFaultFacts(stored: string): FaultFacts | null {
  const hasFaults = stored.includes('"faults":[{') || stored.includes('"hungFileSystems":["');
  return hasFaults ? readFacts(stored) : null;
}

function isOfSentPart(name: string, { samples, facts, inventory }: Report): boolean {
  const [part] = name.split(".", 1);
  if (part === "samples") return samples.length > 0;
  if (part === "facts") return facts !== undefined;
  return part === "inventory" && inventory !== undefined;
}
