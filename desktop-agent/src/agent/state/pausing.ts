import type { RequestOutcome } from "@muster/shared/contracts/local-agent.ts";
import type { Cancel, Clock } from "../../platform/ports.ts";
import type { SerialQueue } from "../serial-queue.ts";
import type { AgentHome } from "./agent-home.ts";
import type { StateFiles } from "./state-files.ts";
import { endOf, makePause, readPause, remainingMs, writePause } from "./pause-store.ts";

/** Timers are set no further ahead than this, so that a pause also ends on time after a sleep. */
const MAX_CHECK_MS = 60_000;

/** What the user of this machine has chosen. */
export type DesiredMode = { kind: "sampling" } | { kind: "paused"; untilMs: number | null };

/**
 * The stored pause, limited to what the organization allows; the limit counts from when the pause began, also where it was set
 * during the pause.
 */
export type Pausing = {
  /** Applies the stored pause, and again when it ends. */
  apply(): Promise<void>;
  /** Pauses for `forMs`, null: until resumed. */
  pause(forMs: number | null): Promise<RequestOutcome>;
  resume(): Promise<RequestOutcome>;
  /** No check follows until the next `apply`. */
  cancelChecks(): void;
};

type Deps = {
  files: StateFiles;
  home: AgentHome;
  clock: Clock;
  serially: SerialQueue;
  bootId: () => string;
  /** Infinity for no limit, 0 where no pause is allowed. */
  maxPauseMs: () => number;
  isReporting: () => boolean;
  setMode: (desired: DesiredMode) => void;
};

export function createPausing(deps: Deps): Pausing {
  const { files, home, clock, serially, bootId, maxPauseMs } = deps;
  let cancelCheck: Cancel = () => undefined;

  async function read(): Promise<DesiredMode> {
    cancelCheck();
    const pause = await readPause(files.readState, home);
    const leftMs = pause === null ? 0 : remainingMs(pause, maxPauseMs(), bootId(), clock);
    if (!pause || leftMs <= 0) {
      if (pause) await writePause(files, home, null);
      return { kind: "sampling" };
    }
    if (Number.isFinite(leftMs))
      cancelCheck = clock.after(Math.min(leftMs, MAX_CHECK_MS), () => void serially(apply));
    return { kind: "paused", untilMs: endOf(pause, maxPauseMs()) };
  }

  async function apply(): Promise<void> {
    if (deps.isReporting()) deps.setMode(await read());
  }

  return {
    apply,
    async pause(forMs) {
      const isAllowed = maxPauseMs() > 0;
      if (isAllowed) {
        const cutMs = Math.round(Math.min(forMs ?? Infinity, maxPauseMs()));
        await writePause(files, home, makePause(Number.isFinite(cutMs) ? cutMs : null, bootId(), clock));
      }
      await serially(apply);
      return isAllowed ? { kind: "done" } : { kind: "refused", why: "pause-forbidden", message: null };
    },
    async resume() {
      await writePause(files, home, null);
      await serially(apply);
      return { kind: "done" };
    },
    cancelChecks: () => cancelCheck(),
  };
}
