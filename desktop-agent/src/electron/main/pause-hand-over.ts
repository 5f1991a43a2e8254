import type { LocalView } from "@muster/shared/contracts/local-agent.ts";
import type { LocalAgent } from "../../agent/local-agent.ts";
import { type Log, messageOf } from "../../agent/log.ts";
import type { Clock } from "../../platform/ports.ts";

/** Keeps a user's pause when a service takes over from the embedded engine. */
type PauseHandOver = {
  /** Stores the pause of the engine that stops. */
  remember(view: LocalView): void;
  /** Pauses the service for the remaining time, once. Never rejects: an error is logged, and the tray shows that it is not paused. */
  handOver(service: LocalAgent): Promise<void>;
};

export function createPauseHandOver(clock: Clock, log: Log): PauseHandOver {
  let paused: { untilMs: number | null } | null = null;

  return {
    remember({ state }) {
      paused = state.kind === "paused" ? state : null;
    },
    async handOver(service) {
      const previous = paused;
      paused = null;
      if (!previous || service.view().state.kind !== "reporting") return;
      const forMs = previous.untilMs === null ? null : previous.untilMs - clock.wallMs();
      if (forMs !== null && forMs <= 0) return;
      try {
        const outcome = await service.pause(forMs);
        if (outcome.kind === "refused") log.warn(`The service refused to keep the pause: ${outcome.why}`);
      } catch (error) {
        log.warn(`The service did not receive the pause: ${messageOf(error)}`);
      }
    },
  };
}
