import { useClock } from "../frame/clock.ts";
import { useTranslations } from "../frame/use-translations.ts";

/** A relative time ("9 s ago") that is kept up to date; the exact time is shown on hover. */
export function RelativeTime({ atMs }: { atMs: number }) {
  const { formats } = useTranslations();
  const translations = useClock((nowMs) => formats.relative(atMs, nowMs));
  return (
    <time dateTime={new Date(atMs).toISOString()} title={formats.exact(atMs)}>
      {translations}
    </time>
  );
}
