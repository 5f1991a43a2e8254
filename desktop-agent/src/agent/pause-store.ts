import type { Clock, FilePort } from "../platform/ports.ts";
import type { AgentHome } from "./agent-home.ts";
import { parseOwn } from "./own-file.ts";

/** The person at the machine has paused the agent. */
export type Pause = {
  /** Wall-clock end in epoch milliseconds, null: until resumed. */
  untilMs: number | null;
  /** The end in the boot's own time, which a wrong wall clock does not move. */
  bootId: string;
  untilSinceBootMs: number | null;
};

export function makePause(forMs: number | null, bootId: string, clock: Clock): Pause {
  return {
    bootId,
    untilMs: forMs === null ? null : clock.wallMs() + forMs,
    untilSinceBootMs: forMs === null ? null : clock.sinceBootMs() + forMs,
  };
}

/** Milliseconds that the pause still lasts: Infinity until resumed, 0 or less when it is over. */
export function remainingMs(pause: Pause, bootId: string, clock: Clock): number {
  if (pause.untilMs === null || pause.untilSinceBootMs === null) return Infinity;
  return pause.bootId === bootId
    ? pause.untilSinceBootMs - clock.sinceBootMs()
    : pause.untilMs - clock.wallMs();
}

/** The stored pause, null when there is none. A damaged file is none: the agent then reports, which its state shows. */
export async function readPause(files: FilePort, home: AgentHome): Promise<Pause | null> {
  return parseOwn<Pause>(
    await files.read(home.pause),
    ({ untilMs, untilSinceBootMs, bootId }) =>
      isEnd(untilMs) && isEnd(untilSinceBootMs) && typeof bootId === "string",
  );
}

/** Stores the pause so that it survives a restart; null ends it. A running agent sees the change at once. */
export async function writePause(files: FilePort, home: AgentHome, pause: Pause | null): Promise<void> {
  if (pause === null) await files.remove(home.pause);
  else await files.replace(home.pause, JSON.stringify(pause), { sync: true });
}

const isEnd = (value: unknown): boolean => value === null || Number.isFinite(value);
