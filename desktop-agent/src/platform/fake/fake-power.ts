import type { PowerEvent, PowerPort } from "../ports.ts";

export type FakePower = PowerPort & {
  /** Announces a power event; `released`: whether the agent has let the system continue. */
  sleep(): { released(): boolean };
  wake(): void;
  goDown(how: "shutting-down" | "restarting"): { released(): boolean };
};

export function createFakePower(): FakePower {
  const listeners = new Set<(event: PowerEvent) => void>();
  let going: "no" | "shutting-down" | "restarting" = "no";
  const announce = (toEvent: (release: () => void) => PowerEvent) => {
    let isReleased = false;
    const event = toEvent(() => {
      isReleased = true;
    });
    for (const listener of listeners) listener(event);
    return { released: () => isReleased };
  };
  return {
    subscribe: async (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    goingDown: async () => going,
    sleep: () => announce((release) => ({ kind: "about-to-sleep", release })),
    wake: () => void announce(() => ({ kind: "woke" })),
    goDown: (how) => {
      going = how;
      return announce((release) => ({ kind: "going-down", how, release }));
    },
  };
}
