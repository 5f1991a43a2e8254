/** Source of time. `now` is wall time in epoch milliseconds; `monotonic` counts milliseconds and never jumps. */
export type Clock = { now(): number; monotonic(): number };

export const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };
