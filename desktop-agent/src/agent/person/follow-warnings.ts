import type { RebootWarning } from "@muster/shared/contracts/local-agent.ts";
import type { Clock, RebootWarningPort } from "../../platform/ports.ts";

/** Asking starts programs on some systems. */
const EVERY_MS = 60_000;
const LIMIT_MS = 20_000;

/** What makes now a bad moment for a reboot, as it was known a minute ago at most. */
export type WarningTrail = {
  now(): RebootWarning[];
  /** Asks again when it is time; `changed` tells when the answer is another. */
  look(): void;
};

export function followWarnings(port: RebootWarningPort, clock: Clock, changed: () => void): WarningTrail {
  let warnings: RebootWarning[] = [];
  let askedAtMs = -Infinity;

  async function ask(): Promise<void> {
    const limit = new AbortController();
    const cancelLimit = clock.after(LIMIT_MS, () => limit.abort());
    const read = await port.read(limit.signal).finally(cancelLimit);
    const isAnother = read.join() !== warnings.join();
    warnings = read;
    if (isAnother) changed();
  }

  return {
    now: () => warnings,
    look() {
      const nowMs = clock.monotonicMs();
      if (nowMs - askedAtMs < EVERY_MS) return;
      askedAtMs = nowMs;
      void ask();
    },
  };
}
