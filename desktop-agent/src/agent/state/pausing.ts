import type { Cancel, Clock, FilePort } from "../../platform/ports.ts";
import type { AgentHome } from "./agent-home.ts";
import { endOf, makePause, readPause, remainingMs, writePause } from "./pause-store.ts";

/** Timers are set no further ahead than this, so that a pause also ends on time after a sleep. */
const LONGEST_CHECK_MS = 60_000;

/** What the person at the machine wishes. */
export type Wish = { kind: "sampling" } | { kind: "paused"; untilMs: number | null };

/** The stored pause, held to what the organization allows: also one that began when more was allowed, counted from when it began. */
export type Pausing = {
  /** The wish as it stands. Where a pause has an end, `lookAgain` is called by then. */
  read(): Promise<Wish>;
  /** Stores a pause of `forMs`, null: until resumed. `forbidden`: the organization allows none. */
  begin(forMs: number | null): Promise<"begun" | "forbidden">;
  end(): Promise<void>;
  /** Nothing is looked at again by itself until the next `read`. */
  rest(): void;
};

type Deps = {
  files: FilePort;
  home: AgentHome;
  clock: Clock;
  bootId: () => string;
  /** Longest that a pause may last, Infinity for no limit, 0 for none. */
  longestMs: () => number;
  lookAgain: () => void;
};

export function createPausing({ files, home, clock, bootId, longestMs, lookAgain }: Deps): Pausing {
  let cancelCheck: Cancel = () => undefined;

  return {
    async read() {
      cancelCheck();
      const pause = await readPause(files, home);
      const leftMs = pause === null ? 0 : remainingMs(pause, longestMs(), bootId(), clock);
      if (!pause || leftMs <= 0) {
        if (pause) await writePause(files, home, null);
        return { kind: "sampling" };
      }
      if (Number.isFinite(leftMs)) cancelCheck = clock.after(Math.min(leftMs, LONGEST_CHECK_MS), lookAgain);
      return { kind: "paused", untilMs: endOf(pause, longestMs()) };
    },
    async begin(forMs) {
      if (longestMs() <= 0) return "forbidden";
      const cutMs = Math.round(Math.min(forMs ?? Infinity, longestMs()));
      await writePause(files, home, makePause(Number.isFinite(cutMs) ? cutMs : null, bootId(), clock));
      return "begun";
    },
    end: () => writePause(files, home, null),
    rest: () => cancelCheck(),
  };
}
