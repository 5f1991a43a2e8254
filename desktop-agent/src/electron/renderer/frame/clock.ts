import { createPageClock } from "@muster/shared/page-clock.ts";
import { useSyncExternalStore } from "react";

const clock = createPageClock({
  wallMs: () => Date.now(),
  everySecond(tick) {
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  },
});

/** Applies `select` to the time on each tick of the window's clock; renders again only when the result changes. */
export function useClock<Value extends string | number | boolean | null>(
  select: (nowMs: number) => Value,
): Value {
  return useSyncExternalStore(clock.subscribe, () => select(clock.nowMs()));
}
