import { useClock } from "../frame/clock.ts";
import { useWords } from "../frame/words.ts";

/** A time as words ("9 s ago") that follow the clock; the exact time on hover. */
export function RelativeTime({ atMs }: { atMs: number }) {
  const { formats } = useWords();
  const words = useClock((nowMs) => formats.relative(atMs, nowMs));
  return (
    <time dateTime={new Date(atMs).toISOString()} title={formats.exact(atMs)}>
      {words}
    </time>
  );
}
