import type { Kysely } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import type { Tenant } from "../../platform/tenant.ts";
import { selectAlarms } from "../alarms/alarm.repository.ts";
import type { AlarmRow } from "../alarms/alarms.tables.ts";
import { createMatching } from "./active-silences.ts";
import type { SilenceMatch } from "./silence-match.ts";

/** What is read of an open alarm to match it. */
export type OpenAlarm = Pick<
  AlarmRow,
  "id" | "key" | "type" | "severity" | "severity_rank" | "rule_id" | "customer_id" | "device_id" | "opened_at"
>;

const ALARMS_PER_SLICE = 1_000;

/**
 * Goes through the open alarms that a tenant reaches, in the order of their keys, with the silences that match each of them. `pause` is
 * awaited between slices.
 */
export async function visitMatches<Match extends SilenceMatch>(
  db: Kysely<Tables>,
  tenant: Tenant,
  matches: readonly Match[],
  { visit, pause }: { visit: (alarm: OpenAlarm, of: readonly Match[]) => void; pause: () => Promise<void> },
): Promise<void> {
  for (let after: string | null = ""; after !== null; ) {
    const alarms: OpenAlarm[] = await selectAlarms(db, tenant)
      .select(["id", "key", "type", "severity", "severity_rank"])
      .select(["rule_id", "customer_id", "device_id", "opened_at"])
      .where("ended_at", "is", null)
      .where("key", ">", after)
      .orderBy("key")
      .limit(ALARMS_PER_SLICE)
      .execute();
    const deviceIds = [...new Set(alarms.flatMap(({ device_id: id }) => (id === null ? [] : [id])))];
    const matching = await createMatching(db, tenant.orgId, matches, deviceIds);
    for (const alarm of alarms) {
      const found = matching(alarm);
      if (found.length > 0) visit(alarm, found);
    }
    after = alarms.length < ALARMS_PER_SLICE ? null : (alarms.at(-1)?.key ?? null);
    await pause();
  }
}
