import { type Check, fail, ok, warn } from "./check.ts";

const NOT_BEFORE = Date.UTC(2026, 0, 1);
const WARN_FROM_MS = 2000;
const FAIL_FROM_MS = 60_000;

/** This computer's clock is set, and agrees with the database server's, which other servers go by. */
export const clockCheck: Check = {
  name: "clock",
  examine({ database, now }) {
    const shown = new Date(now).toISOString();
    if (now < NOT_BEFORE) return fail(`${shown} cannot be right`, "set the clock, and keep it set with NTP");
    const clock = database === null || database instanceof Error ? null : database.clock;
    // A file may be older than now, but not younger.
    const offMs = clock === null ? 0 : clock.kind === "now" ? Math.abs(now - clock.at) : clock.at - now;
    const other = clock?.kind === "now" ? "the database server's" : "the last write to the database";
    const message = `${shown} is ${Math.round(offMs / 1000)} s off ${other}`;
    if (offMs >= FAIL_FROM_MS) return fail(message, "set the clock, and keep it set with NTP");
    if (offMs >= WARN_FROM_MS) return warn(message, "keep the clocks set with NTP");
    return ok(shown);
  },
};
