import type { FollowCommand } from "../run-command.ts";

/** Makes the login manager wait (5 s by default) until the agent has sent its last word. */
export type DelayLock = { take(note: (message: string) => void): void; release: () => void };

/**
 * Holds the lock by a child process: the bus hands it out as a file descriptor, which Node cannot receive. `cat` lives as long as
 * the agent does, since it reads what only the agent could write.
 */
export function createDelayLock(follow: FollowCommand): DelayLock {
  let held: { stop: () => void } | undefined;
  const release = () => {
    held?.stop();
    held = undefined;
  };
  return {
    take(note) {
      release();
      held = follow("systemd-inhibit", ARGUMENTS, {
        onLine: () => undefined,
        onEnd: (reason) => note(`sleep and shutdown do not wait for the last word: ${reason}`),
      });
    },
    release,
  };
}

const ARGUMENTS = [
  "--what=sleep:shutdown",
  "--mode=delay",
  "--who=Muster agent",
  "--why=Telling the server that this machine goes away",
  "cat",
];
