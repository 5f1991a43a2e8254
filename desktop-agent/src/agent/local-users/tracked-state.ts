import type { RebootWarning } from "@muster/shared/contracts/local-agent.ts";
import type { LocalUser } from "../local-agent.ts";
import type { Clock, RebootWarningPort } from "../../platform/ports.ts";

/** Asking starts programs on some systems. */
const EVERY_MS = 60_000;

/** Whether the user sits at the console, at most a minute old. */
type ConsoleTracker = {
  isAtConsole(): boolean;
  /** Reads it again when it is a minute old; `changed` is called when it differs. */
  refreshIfStale(): void;
};

export function trackConsole(person: LocalUser, clock: Clock, changed: () => void): ConsoleTracker {
  let isThere = false;
  let askedAtMs = -Infinity;

  async function ask(): Promise<void> {
    const before = isThere;
    // An unknown console user grants nothing.
    isThere = await person.isAtConsole().catch(() => false);
    if (isThere !== before) changed();
  }

  function refreshIfStale(): void {
    const nowMs = clock.monotonicMs();
    if (nowMs - askedAtMs < EVERY_MS) return;
    askedAtMs = nowMs;
    void ask();
  }

  refreshIfStale();
  return { isAtConsole: () => isThere, refreshIfStale };
}

/** Asking starts programs on some systems. */
const WARNINGS_EVERY_MS = 60_000;
const WARNINGS_TIMEOUT_MS = 20_000;

/** What makes now a bad moment for a reboot, at most a minute old. */
export type RebootWarningTracker = {
  now(): RebootWarning[];
  /** Reads it again when it is a minute old; `changed` is called when it differs. */
  refreshIfStale(): void;
};

export function trackRebootWarnings(
  port: RebootWarningPort,
  clock: Clock,
  changed: () => void,
): RebootWarningTracker {
  let warnings: RebootWarning[] = [];
  let askedAtMs = -Infinity;

  async function ask(): Promise<void> {
    const limit = new AbortController();
    const cancelLimit = clock.after(WARNINGS_TIMEOUT_MS, () => limit.abort());
    const read = await port.read(limit.signal).finally(cancelLimit);
    const isAnother = read.join() !== warnings.join();
    warnings = read;
    if (isAnother) changed();
  }

  return {
    now: () => warnings,
    refreshIfStale() {
      const nowMs = clock.monotonicMs();
      if (nowMs - askedAtMs < WARNINGS_EVERY_MS) return;
      askedAtMs = nowMs;
      void ask();
    },
  };
}
