import type {
  SilenceMatches,
  SilenceMatchers,
  Silences,
  SilencesQuery,
} from "@muster/shared/contracts/silence.ts";
import type { AnyRead, Read } from "../../platform/read-threads/read.ts";
import type { Tenant } from "../../platform/tenant.ts";
import { findAlarm } from "../alarms/alarm.repository.ts";
import { createMatching } from "./active-silences.ts";
import { matchOf } from "./silence-match.ts";
import { type ReachedSilence, readReached } from "./silence-reach.ts";
import { readSilences } from "./silence.repository.ts";
import { readMatches, stateOf, viewSilences } from "./silence-view.ts";
import { MusterError } from "../../platform/errors.ts";

/** The silences that a tenant reaches, with what they match now. Throws `not-found` for an alarm that it does not reach. */
export const silenceListRead: Read<{ tenant: Tenant; query: SilencesQuery; now: number }, Silences> = {
  name: "silences.list",
  open:
    ({ read }) =>
    async ({ tenant, query, now }, { pause }) => {
      const found = await readReached(read, tenant, await readSilences(read, tenant, query.state, now));
      const listed =
        query.alarmId === undefined ? found : await ofAlarm(read, tenant, found, { ...query, now });
      return { items: await viewSilences(read, tenant, listed, { now, pause }) };
    },
};

/** What matchers that are not stored would match. */
export const silencePreviewRead: Read<
  { tenant: Tenant; matchers: SilenceMatchers; alarmKey: string | null; now: number },
  SilenceMatches
> = {
  name: "silences.preview",
  open:
    ({ read }) =>
    async ({ tenant, matchers, alarmKey, now }, { pause }) => {
      const { scope, types, severities, ruleId } = matchers;
      const match = { id: "", scope, types, severities, ruleId, alarmKey, limitedTo: tenant.customerIds };
      const matches = await readMatches(read, tenant, [match], { now, pause });
      return matches.get("") ?? { count: 0, first: [] };
    },
};

/** The reads of this module that run on read threads. */
export const silenceReads: readonly AnyRead[] = [silenceListRead, silencePreviewRead];

/** Those in force that match an open alarm. */
async function ofAlarm(
  db: Parameters<typeof findAlarm>[0],
  tenant: Tenant,
  silences: readonly ReachedSilence[],
  { alarmId = "", now }: Pick<SilencesQuery, "alarmId"> & { now: number },
): Promise<ReachedSilence[]> {
  const alarm = await findAlarm(db, tenant, alarmId);
  if (!alarm) throw new MusterError("not-found", "There is no such alarm.");
  if (alarm.ended_at !== null) return [];
  const active = silences
    .filter(({ row }) => stateOf(row, now) === "active")
    .map((silence) => ({ ...matchOf(silence.row), silence }));
  const deviceIds = alarm.device_id === null ? [] : [alarm.device_id];
  const matching = await createMatching(db, tenant.orgId, active, deviceIds);
  return matching(alarm).map(({ silence }) => silence);
}
