import type { LocalView } from "@muster/shared/contracts/local-agent.ts";
import type { LocalAgent } from "../../agent/local-agent.ts";
import { type Log, messageOf } from "../../agent/log.ts";
import type { Clock } from "../../platform/ports.ts";

/** A person's pause outlasts the change from the tray's own engine to a service that came. */
type PauseHandOver = {
  /** What the engine showed when it ended. */
  remember(view: LocalView): void;
  /** Asks the service for the rest of the pause, once. Never rejects: a refusal is logged, and the tray shows that it goes on. */
  handOn(service: LocalAgent): Promise<void>;
};

export function createPauseHandOver(clock: Clock, log: Log): PauseHandOver {
  let paused: { untilMs: number | null } | null = null;

  return {
    remember({ state }) {
      paused = state.kind === "paused" ? state : null;
    },
    async handOn(service) {
      const before = paused;
      paused = null;
      if (!before || service.view().state.kind !== "reporting") return;
      const forMs = before.untilMs === null ? null : before.untilMs - clock.wallMs();
      if (forMs !== null && forMs <= 0) return;
      try {
        const outcome = await service.pause(forMs);
        if (outcome.kind === "refused") log.warn(`The service does not pause as before: ${outcome.why}`);
      } catch (error) {
        log.warn(`The service did not hear of the pause: ${messageOf(error)}`);
      }
    },
  };
}
