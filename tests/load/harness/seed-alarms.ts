import type { AlarmRow } from "../../../server/src/alerting/alarms/alarms.tables.ts";
import { createUuidV7Factory } from "../../../server/src/platform/crypto/ids.ts";
import { openBenchStore, type SeededFleet } from "./seed-fleet.ts";

const PER_INSERT = 200;
const SEVERITIES = ["info", "warning", "critical"] as const;
const OPEN_SHARE = 4;
const BETWEEN_MS = 10_000;

/** Writes alarms of the last days as they would have been opened one after the other; a quarter of them are open. The server must not run yet. */
export async function seedAlarms(
  environment: Record<string, string>,
  fleet: SeededFleet,
  count: number,
): Promise<void> {
  const start = Date.now() - count * BETWEEN_MS;
  let at = start;
  const makeId = createUuidV7Factory(() => at);
  const rows = Array.from({ length: count }, (_, index) => {
    at = start + index * BETWEEN_MS;
    return rowOf(fleet, { id: makeId(), index, at });
  });
  const store = await openBenchStore(environment);
  try {
    await store.transaction(async (tx) => {
      for (let from = 0; from < rows.length; from += PER_INSERT)
        await tx
          .insertInto("alarms")
          .values(rows.slice(from, from + PER_INSERT))
          .execute();
    });
  } finally {
    await store.close();
  }
}

function rowOf(
  { orgId, devices }: SeededFleet,
  { id, index, at }: { id: string; index: number; at: number },
): AlarmRow {
  const rank = index % SEVERITIES.length;
  const isOpen = index % OPEN_SHARE === 0;
  const name = `host-${index % devices.length}`;
  return {
    id,
    org_id: orgId,
    key: `bench:${index}`,
    type: "metric",
    severity: SEVERITIES[rank] ?? "info",
    severity_rank: rank,
    rule_id: null,
    rule_name: `Rule ${index % 60}`,
    device_id: devices[index % devices.length]?.id ?? null,
    device_name: name,
    customer_id: null,
    instance: null,
    facts: JSON.stringify({ value: 97, threshold: 95, text: "cpu" }),
    opened_at: at,
    last_at: at,
    ended_at: isOpen ? null : at + BETWEEN_MS,
    end_reason: isOpen ? null : "cleared",
    ended_by: null,
    occurrences: 1,
    violations: 1,
    is_violating: isOpen ? 1 : 0,
    changes: "[]",
    unstable_since: null,
    acknowledged_at: null,
    acknowledged_by: null,
    acknowledged_until: null,
    snoozed_until: null,
    assignee_id: null,
    assignee_name: null,
    is_muted: 0,
    is_told: 1,
    last_event: 1,
    search_text: `rule ${index % 60} ${name}`,
  };
}
