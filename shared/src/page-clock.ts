/** One clock for a whole page, which runs while somebody listens. */
export type PageClock = {
  subscribe(listener: () => void): () => void;
  /** Epoch milliseconds of the last tick; of this moment while the clock stands still. */
  nowMs(): number;
};

type Deps = {
  wallMs: () => number;
  /** Calls `tick` each second, until what it gives is called. */
  everySecond: (tick: () => void) => () => void;
};

export function createPageClock({ wallMs, everySecond }: Deps): PageClock {
  const listeners = new Set<() => void>();
  let stop: (() => void) | null = null;
  let tickedAtMs = 0;

  function tick(): void {
    tickedAtMs = wallMs();
    for (const listener of listeners) listener();
  }

  return {
    subscribe(listener) {
      listeners.add(listener);
      if (stop === null) {
        tickedAtMs = wallMs();
        stop = everySecond(tick);
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        stop?.();
        stop = null;
      };
    },
    nowMs: () => (stop === null ? wallMs() : tickedAtMs),
  };
}
