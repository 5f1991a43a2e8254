import type { Cancel, Clock } from "../platform/ports.ts";

const RENEW_MS = 3_600_000;

/** Keeps the process there while it only watches files, which alone would not. */
export function keepProcessAlive(clock: Clock): Cancel {
  let cancel = clock.after(RENEW_MS, renew);
  function renew(): void {
    cancel = clock.after(RENEW_MS, renew);
  }
  return () => cancel();
}
