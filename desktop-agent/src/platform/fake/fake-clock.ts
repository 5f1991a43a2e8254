import type { Clock } from "../ports.ts";

export type FakeClock = Clock & {
  /** Lets time pass, and runs each timer at its instant; what a timer sets is run too when it falls within. */
  advance(durationMs: number): Promise<void>;
  /** Changes only the wall clock, as a user or a time server does. */
  setWall(epochMs: number): void;
  /** Time passes while the machine sleeps: the wall and the time since boot move on, the monotonic clock and timers stand still. */
  sleep(durationMs: number): void;
  /** Timers that wait. */
  timers(): number;
};

type Timer = { at: number; run: () => void };

const START_WALL_MS = Date.UTC(2027, 0, 4, 8);
const START_SINCE_BOOT_MS = 600_000;

export function createFakeClock(): FakeClock {
  let wallMs = START_WALL_MS;
  let sinceBootMs = START_SINCE_BOOT_MS;
  let monotonicMs = 0;
  const timers = new Set<Timer>();

  const pass = (durationMs: number) => {
    wallMs += durationMs;
    sinceBootMs += durationMs;
    monotonicMs += durationMs;
  };
  const due = (untilMs: number): Timer | undefined =>
    [...timers].filter(({ at }) => at <= untilMs).toSorted((a, b) => a.at - b.at)[0];

  return {
    wallMs: () => wallMs,
    sinceBootMs: () => sinceBootMs,
    monotonicMs: () => monotonicMs,
    after(delayMs, run) {
      const timer = { at: monotonicMs + Math.max(0, delayMs), run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    async advance(durationMs) {
      // What was begun just before sets its timers before time passes.
      await settle();
      const until = monotonicMs + durationMs;
      for (let next = due(until); next !== undefined; next = due(until)) {
        timers.delete(next);
        pass(Math.max(0, next.at - monotonicMs));
        next.run();
        await settle();
      }
      pass(until - monotonicMs);
      await settle();
    },
    setWall: (epochMs) => {
      wallMs = epochMs;
    },
    sleep: (durationMs) => {
      wallMs += durationMs;
      sinceBootMs += durationMs;
    },
    timers: () => timers.size,
  };
}

// Lets promises and what they started go on before the next timer; no time passes.
function settle(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  setImmediate(resolve);
  return promise;
}
