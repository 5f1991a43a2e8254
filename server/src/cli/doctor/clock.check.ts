import { type Check, fail, ok, warn } from "./check.ts";

const MIN_PLAUSIBLE_TIME_MS = Date.UTC(2026, 0, 1);
const MIN_WARN_OFFSET_MS = 2000;
const MIN_FAIL_OFFSET_MS = 60_000;

/** Checks that this computer's clock is set and agrees with that of the database server. */
export const clockCheck: Check = {
  name: "clock",
  run({ database, now }) {
    const shown = new Date(now).toISOString();
    if (now < MIN_PLAUSIBLE_TIME_MS) return fail(`${shown} is not plausible`, "set the clock and enable NTP");
    const clock = database === null || database instanceof Error ? null : database.clock;
    // The last write may be in the past, but not in the future.
    const offMs = clock === null ? 0 : clock.kind === "now" ? Math.abs(now - clock.at) : clock.at - now;
    const other = clock?.kind === "now" ? "the database server's" : "the last write to the database";
    const message = `${shown} is ${Math.round(offMs / 1000)} s off ${other}`;
    if (offMs >= MIN_FAIL_OFFSET_MS) return fail(message, "set the clock and enable NTP");
    if (offMs >= MIN_WARN_OFFSET_MS) return warn(message, "enable NTP");
    return ok(shown);
  },
};
