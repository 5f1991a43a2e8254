import { createPageClock } from "@muster/shared/page-clock.ts";
import { useSyncExternalStore } from "react";

const clock = createPageClock({
  wallMs: () => Date.now(),
  everySecond(tick) {
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  },
});

/** The time, read by `select` on each tick of the window's one clock; draws again only when what it selects is different. */
export function useClock<Value extends string | number | boolean | null>(
  select: (nowMs: number) => Value,
): Value {
  return useSyncExternalStore(clock.subscribe, () => select(clock.nowMs()));
}
