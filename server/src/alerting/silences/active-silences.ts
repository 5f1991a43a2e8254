import type { Kysely } from "kysely";
import { readDeviceTraits } from "../../fleet/index.ts";
import type { Tables } from "../../platform/database/tables.ts";
import {
  askForTraits,
  type MatchedAlarm,
  matchesAlarm,
  matchOf,
  type SilenceMatch,
} from "./silence-match.ts";
import { readActiveSilences } from "./silence.repository.ts";

/** Whether an alarm is silenced. */
export type IsSilenced = (alarm: MatchedAlarm) => boolean;

/** What the silences in force at `now` keep quiet of the alarms about these devices, and about none. */
export async function readSilenced(
  db: Kysely<Tables>,
  orgId: string,
  deviceIds: readonly string[],
  now: number,
): Promise<IsSilenced> {
  const matches = (await readActiveSilences(db, orgId, now)).map(matchOf);
  if (matches.length === 0) return () => false;
  const matching = await createMatching(db, orgId, matches, deviceIds);
  return (alarm) => matching(alarm).length > 0;
}

/** Creates the function that says which of these silences match an alarm about one of these devices. */
export async function createMatching<Match extends SilenceMatch>(
  db: Kysely<Tables>,
  orgId: string,
  matches: readonly Match[],
  deviceIds: readonly string[],
): Promise<(alarm: MatchedAlarm) => Match[]> {
  const traits = askForTraits(matches) ? await readDeviceTraits(db, orgId, deviceIds) : null;
  return (alarm) => matches.filter((match) => matchesAlarm(match, alarm, traits?.get(alarm.device_id ?? "")));
}
