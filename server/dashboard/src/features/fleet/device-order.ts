import type { DeviceSort, DeviceSummary } from "@muster/shared/contracts/device.ts";

type Key = string | number;

const LEVELS = ["critical", "warn", "none"] as const;
const REASONS = ["absent", "disk-floor", "clone-suspected", "health", "approval-pending"] as const;
const REASON_STEPS = 10;
const BEHIND_ALL_TEXTS = "\u{10ffff}";

/** What each list is ordered by: worst, highest or newest first, unknown last. */
const KEYS: Record<DeviceSort, (device: DeviceSummary) => Key> = {
  attention: attentionRank,
  name: sortableName,
  customer: ({ customer }) => (customer === null ? BEHIND_ALL_TEXTS : sortable(customer)),
  score: ({ health }) => (health.status === "unknown" ? 101 : health.score),
  cpu: ({ metrics }) => -(metrics.cpu ?? -1),
  memory: ({ metrics }) => -(metrics.memory ?? -1),
  disk: ({ metrics }) => -(metrics.disk ?? -1),
  lastReport: ({ lastReportAt }) => (lastReportAt === null ? 0 : -Date.parse(lastReportAt)),
};

/** The server's order of a list, so that rows which change find their place without asking again. Ties go by name, then id. */
export function compareDevices(
  sort: DeviceSort,
  order: "asc" | "desc",
): (a: DeviceSummary, b: DeviceSummary) => number {
  const key = KEYS[sort];
  const direction = order === "asc" ? 1 : -1;
  return (a, b) =>
    direction * (compare(key(a), key(b)) || compare(sortableName(a), sortableName(b)) || compare(a.id, b.id));
}

/** Devices in the server's order. What they are ordered by is worked out once for each. */
export function sortDevices(
  devices: readonly DeviceSummary[],
  sort: DeviceSort,
  order: "asc" | "desc",
): DeviceSummary[] {
  const key = KEYS[sort];
  const direction = order === "asc" ? 1 : -1;
  return devices
    .map((device) => ({ device, key: key(device), name: sortableName(device) }))
    .toSorted(
      (a, b) =>
        direction * (compare(a.key, b.key) || compare(a.name, b.name) || compare(a.device.id, b.device.id)),
    )
    .map(({ device }) => device);
}

/** Lowest first: the level, then the kind of its worst reason. */
function attentionRank({ attention }: DeviceSummary): number {
  const kinds = attention.reasons
    .filter(({ level }) => level === attention.level)
    .map(({ kind }) => REASONS.indexOf(kind));
  return LEVELS.indexOf(attention.level) * REASON_STEPS + Math.min(REASON_STEPS - 1, ...kinds);
}

const sortableNames = new WeakMap<DeviceSummary, string>();

function sortableName(device: DeviceSummary): string {
  const known = sortableNames.get(device);
  if (known !== undefined) return known;
  const name = sortable(device.name);
  sortableNames.set(device, name);
  return name;
}

/** Text in whose order "web-2" comes before "web-10". */
function sortable(text: string): string {
  const folded = text.normalize("NFKC").toLowerCase();
  return folded.replaceAll(/\d+/g, (digits) => digits.padStart(10, "0")).slice(0, 100);
}

function compare(a: Key, b: Key): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
