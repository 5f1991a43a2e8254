import { type Log, messageOf } from "../log.ts";

/** The actions that are under way, each once. */
export type RunningActions = {
  /** Runs `task`, unless the action is under way already or the agent stops. */
  track(id: string, task: (cancelRequested: AbortSignal) => Promise<void>): void;
  has(id: string): boolean;
  requestCancel(id: string): void;
  /** The agent stops. */
  stopping: AbortSignal;
  /** Why no later run of this agent continues, null where one does. */
  handedOver(): string | null;
  /** Resolves when everything under way has ended. */
  stop(handedOver: string | null): Promise<void>;
};

export function createRunningActions(log: Log): RunningActions {
  const running = new Map<string, { cancel: AbortController; ending: Promise<void> }>();
  const stopping = new AbortController();
  let handedOver: string | null = null;

  return {
    track(id, task) {
      if (running.has(id) || stopping.signal.aborted) return;
      const cancel = new AbortController();
      const ending = task(cancel.signal)
        .catch((error: unknown) => log.error(`Action ${id} failed unexpectedly: ${messageOf(error)}`))
        .finally(() => running.delete(id));
      running.set(id, { cancel, ending });
    },
    has: (id) => running.has(id),
    requestCancel: (id) => running.get(id)?.cancel.abort(),
    stopping: stopping.signal,
    handedOver: () => handedOver,
    async stop(why) {
      handedOver = why ?? handedOver;
      stopping.abort();
      await Promise.all([...running.values()].map(({ ending }) => ending));
    },
  };
}
