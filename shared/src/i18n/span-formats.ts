import type { Language } from "./languages.ts";
import { relativeTime } from "./relative-time.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Up to here hours alone are given, as relative times do. */
const HOURS_UP_TO_MS = 48 * HOUR_MS;
/** From here on the hours beside the days say nothing. */
const HOURS_SHOWN_UP_TO_MS = 10 * DAY_MS;

type ShortUnit = "second" | "minute" | "hour" | "day";
type SpanTexts = {
  symbols: Readonly<Record<ShortUnit, string>>;
  past: (span: string) => string;
  future: (span: string) => string;
};

const SI = { second: "s", minute: "min", hour: "h", day: "d" };

/** Intl abbreviates these units in its own way in each language ("hr.", "Std."); screens use the symbols instead. */
const TEXTS: Record<Language, SpanTexts> = {
  en: { symbols: SI, past: (span) => `${span} ago`, future: (span) => `in ${span}` },
  de: { symbols: SI, past: (span) => `vor ${span}`, future: (span) => `in ${span}` },
  fr: { symbols: { ...SI, day: "j" }, past: (span) => `il y a ${span}`, future: (span) => `dans ${span}` },
  es: { symbols: SI, past: (span) => `hace ${span}`, future: (span) => `dentro de ${span}` },
  ru: {
    symbols: { second: "с", minute: "мин", hour: "ч", day: "д" },
    past: (span) => `${span} назад`,
    future: (span) => `через ${span}`,
  },
};

/** Spans of time, "12 min" or "3 d 4 h", and distances from now in their largest unit: "3 h ago", "2 days ago". */
export function createSpanFormats(language: string) {
  const { code, texts } = textsOf(language);
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const relativeFormat = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const gap = code === "en" ? " " : "\u00a0";
  const span = (size: number, unit: ShortUnit) => `${whole.format(size)}${gap}${texts.symbols[unit]}`;

  function duration(ms: number): string {
    const sizeMs = Math.abs(ms);
    if (sizeMs >= HOURS_UP_TO_MS) return days(sizeMs);
    // A distance from now is 0 below two seconds, a span of time is not.
    if (sizeMs < 2_000) return span(Math.round(sizeMs / 1_000), "second");
    const { value, unit } = relativeTime(sizeMs, 0);
    return isShort(unit) ? span(value, unit) : days(sizeMs);
  }

  function days(sizeMs: number): string {
    if (sizeMs >= HOURS_SHOWN_UP_TO_MS) return span(Math.floor(sizeMs / DAY_MS), "day");
    const hours = Math.floor((sizeMs % DAY_MS) / HOUR_MS);
    const wholeDays = span(Math.floor(sizeMs / DAY_MS), "day");
    return hours === 0 ? wholeDays : `${wholeDays}${gap}${span(hours, "hour")}`;
  }

  return {
    duration,
    /** A span that a user chooses, without rounding: "1 h 30 min". */
    exactDuration(ms: number): string {
      const restMs = ms % HOUR_MS;
      if (ms < HOUR_MS || restMs === 0) return duration(ms);
      return `${duration(ms - restMs)} ${duration(restMs)}`;
    },
    relative(at: string | number, nowMs: number): string {
      const { value, unit } = relativeTime(new Date(at).getTime(), nowMs);
      if (value === 0 || !isShort(unit) || unit === "day") return relativeFormat.format(value, unit);
      const size = span(Math.abs(value), unit);
      return value < 0 ? texts.past(size) : texts.future(size);
    },
  };
}

function isShort(unit: string): unit is ShortUnit {
  return unit in SI;
}

function textsOf(language: string): { code: string; texts: SpanTexts } {
  const code = language.split("-")[0] ?? "";
  const texts: Readonly<Record<string, SpanTexts>> = TEXTS;
  return { code, texts: texts[code] ?? TEXTS.en };
}
