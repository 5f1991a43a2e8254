import type { Cancel, Clock } from "../../platform/ports.ts";
import { type Log, messageOf } from "../../agent/log.ts";
import type { AgentConnection } from "./agent-connection.ts";

/** Retries an unreachable server more often while the status window is open. */
export type ReconnectController = {
  /** Call when the user opens the status window. */
  windowOpened(): void;
  /** Call after each change of the view. */
  check(): void;
  stop(): void;
};

type Deps = {
  connection: Pick<AgentConnection, "agent">;
  /** Whether the status window is open; a minimized window counts as open. */
  isShown: () => boolean;
  clock: Clock;
  log: Log;
};

/** Each retry takes a sample as well. */
export const RETRY_INTERVAL_MS = 15_000;
/** After this time the window was probably forgotten, and the agent's own interval is enough. */
export const MAX_RETRY_DURATION_MS = 5 * 60_000;

export function createReconnectController({ connection, isShown, clock, log }: Deps): ReconnectController {
  let cancelNext: Cancel | null = null;
  let openedAtMs = -Infinity;

  const isInUse = () => isShown() && clock.monotonicMs() - openedAtMs < MAX_RETRY_DURATION_MS;

  function check(): void {
    const agent = connection.agent();
    if (cancelNext !== null || !agent || !isInUse()) return;
    const { enrolled, contact, state } = agent.view();
    if (!enrolled || contact.isReached || state.kind !== "reporting") return;
    cancelNext = clock.after(RETRY_INTERVAL_MS, () => {
      cancelNext = null;
      check();
    });
    agent.checkNow().catch((error: unknown) => log.warn(`The server was not checked: ${messageOf(error)}`));
  }

  return {
    windowOpened() {
      openedAtMs = clock.monotonicMs();
      check();
    },
    check,
    stop() {
      cancelNext?.();
    },
  };
}
