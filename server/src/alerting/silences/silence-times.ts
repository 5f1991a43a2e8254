import { MAX_SILENCE_DAYS } from "@muster/shared/contracts/silence.ts";
import { MusterError } from "../../platform/errors.ts";
import type { SilenceRow } from "./silences.tables.ts";

const MAX_MS = MAX_SILENCE_DAYS * 86_400_000;
const MAX_AHEAD_MS = 366 * 86_400_000;

/** Throws `bad-request` for a silence that is over at `now`, lasts too long from then on, or begins too late. */
export function assertTimes(row: Pick<SilenceRow, "starts_at" | "ends_at">, now: number): void {
  const { starts_at: startsAt, ends_at: endsAt } = row;
  if (startsAt > now + MAX_AHEAD_MS) throw timeError("startsAt", "must be within a year");
  const from = Math.max(startsAt, now);
  if (endsAt <= from) throw timeError("endsAt", "must be in the future and after the start");
  if (endsAt - from > MAX_MS) throw timeError("endsAt", `must be within ${MAX_SILENCE_DAYS} days`);
}

function timeError(path: string, message: string): MusterError {
  return new MusterError("bad-request", `The field ${path} of the body ${message}.`, {
    details: [{ path, message }],
  });
}
