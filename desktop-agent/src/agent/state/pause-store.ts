import type { Clock, FilePort } from "../../platform/ports.ts";
import type { AgentHome } from "./agent-home.ts";
import type { ReadState } from "./state-files.ts";

/** A local user has paused the agent. Both clocks are stored: a wrong wall clock does not change the time since boot. */
export type Pause = {
  bootId: string;
  /** When it began, wall clock in epoch milliseconds. */
  fromMs: number;
  fromSinceBootMs: number;
  /** Milliseconds that it was to last, null: until resumed. */
  forMs: number | null;
};

/** A pause from now on. */
export function makePause(forMs: number | null, bootId: string, clock: Clock): Pause {
  return { bootId, fromMs: clock.wallMs(), fromSinceBootMs: clock.sinceBootMs(), forMs };
}

/**
 * Milliseconds that the pause still lasts where none may last longer than `longestMs`: Infinity until resumed, 0 or less when it is
 * over.
 */
export function remainingMs(pause: Pause, longestMs: number, bootId: string, clock: Clock): number {
  const agoMs =
    pause.bootId === bootId ? clock.sinceBootMs() - pause.fromSinceBootMs : clock.wallMs() - pause.fromMs;
  return Math.min(pause.forMs ?? Infinity, longestMs) - agoMs;
}

/** Wall-clock end in epoch milliseconds, null: until resumed. */
export function endOf(pause: Pause, longestMs: number): number | null {
  const lastsMs = Math.min(pause.forMs ?? Infinity, longestMs);
  return Number.isFinite(lastsMs) ? pause.fromMs + lastsMs : null;
}

/** The stored pause, null when there is none. A damaged file is none: the agent then reports, which its state shows. */
export async function readPause(readState: ReadState, home: AgentHome): Promise<Pause | null> {
  return readState<Pause>(
    home.pause,
    ({ bootId, fromMs, fromSinceBootMs, forMs }) =>
      typeof bootId === "string" &&
      Number.isFinite(fromMs) &&
      Number.isFinite(fromSinceBootMs) &&
      (forMs === null || Number.isFinite(forMs)),
  );
}

/** Stores the pause so that it survives a restart; null ends it. A running agent follows immediately. */
export async function writePause(files: FilePort, home: AgentHome, pause: Pause | null): Promise<void> {
  if (pause === null) await files.remove(home.pause);
  else await files.replace(home.pause, JSON.stringify(pause), { sync: true });
}
