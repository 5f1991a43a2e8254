import { useFormats } from "../i18n/words.tsx";
import { useClock } from "./clock.ts";

/** A time as words ("9 s ago") that follow the clock; the exact time on hover. */
export function RelativeTime({ at }: { at: string }) {
  const formats = useFormats();
  const words = useClock((nowMs) => formats.relative(at, nowMs));
  return (
    <time dateTime={at} title={formats.exact(at)}>
      {words}
    </time>
  );
}

/** The same words as text, for sentences. */
export function useRelativeTime(at: string | null): string {
  const formats = useFormats();
  return useClock((nowMs) => (at === null ? "" : formats.relative(at, nowMs)));
}
