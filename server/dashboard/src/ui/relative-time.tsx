import { useFormats } from "../i18n/translations.tsx";
import { useClock } from "./clock.ts";

/** How long ago ("9 s ago"), kept up to date; the exact time on hover. */
export function RelativeTime({ at }: { at: string }) {
  const formats = useFormats();
  const text = useClock((nowMs) => formats.relative(at, nowMs));
  return (
    <time dateTime={at} title={formats.exact(at)}>
      {text}
    </time>
  );
}

/** How long something lasts so far ("41 h"), kept up to date; its exact start on hover. */
export function TimeSince({ at }: { at: string }) {
  const formats = useFormats();
  const text = useClock((nowMs) => formats.duration(nowMs - Date.parse(at)));
  return (
    <time dateTime={at} title={formats.exact(at)}>
      {text}
    </time>
  );
}

/** The same as text, for sentences. */
export function useRelativeTime(at: string | null): string {
  const formats = useFormats();
  return useClock((nowMs) => (at === null ? "" : formats.relative(at, nowMs)));
}
