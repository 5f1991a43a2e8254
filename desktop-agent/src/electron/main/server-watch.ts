import type { Cancel, Clock } from "../../platform/ports.ts";
import { type Log, messageOf } from "../../agent/log.ts";
import type { AgentLink } from "./agent-link.ts";

/** Asks a lost server again while somebody looks whether it is back. */
export type ServerWatch = {
  /** To be called when a person opened what shows the connection. */
  opened(): void;
  /** To be called after each change of the view. */
  look(): void;
  end(): void;
};

type Deps = {
  link: Pick<AgentLink, "agent">;
  /** Whether the connection is still shown; a minimized window shows it too. */
  isShown: () => boolean;
  clock: Clock;
  log: Log;
};

/** Each try takes a sample too: so often while a person looks. */
export const ASK_EVERY_MS = 15_000;
/** A window is left open and forgotten: after this long the agent's own pace is enough. */
export const LOOK_FOR_MS = 5 * 60_000;

export function createServerWatch({ link, isShown, clock, log }: Deps): ServerWatch {
  let cancelNext: Cancel | null = null;
  let openedAtMs = -Infinity;

  const isLookedAt = () => isShown() && clock.monotonicMs() - openedAtMs < LOOK_FOR_MS;

  function look(): void {
    const agent = link.agent();
    if (cancelNext !== null || !agent || !isLookedAt()) return;
    const { enrolled, contact, state } = agent.view();
    if (!enrolled || contact.isReached || state.kind !== "reporting") return;
    cancelNext = clock.after(ASK_EVERY_MS, () => {
      cancelNext = null;
      look();
    });
    agent.checkNow().catch((error: unknown) => log.warn(`The server was not asked: ${messageOf(error)}`));
  }

  return {
    opened() {
      openedAtMs = clock.monotonicMs();
      look();
    },
    look,
    end() {
      cancelNext?.();
    },
  };
}
