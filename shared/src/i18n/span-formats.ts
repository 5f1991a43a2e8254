import type { Language } from "./languages.ts";
import { relativeTime } from "./relative-time.ts";

const HOUR_MS = 3_600_000;

type ShortUnit = "second" | "minute" | "hour";
type SpanTexts = {
  symbols: Readonly<Record<ShortUnit, string>>;
  past: (span: string) => string;
  future: (span: string) => string;
};

const SI = { second: "s", minute: "min", hour: "h" };

/** Intl abbreviates these units in its own way in each language ("hr.", "Std."); screens use the symbols instead. */
const TEXTS: Record<Language, SpanTexts> = {
  en: { symbols: SI, past: (span) => `${span} ago`, future: (span) => `in ${span}` },
  de: { symbols: SI, past: (span) => `vor ${span}`, future: (span) => `in ${span}` },
  fr: { symbols: SI, past: (span) => `il y a ${span}`, future: (span) => `dans ${span}` },
  es: { symbols: SI, past: (span) => `hace ${span}`, future: (span) => `dentro de ${span}` },
  ru: {
    symbols: { second: "с", minute: "мин", hour: "ч" },
    past: (span) => `${span} назад`,
    future: (span) => `через ${span}`,
  },
};

/** Spans of time and distances from now, in their largest unit: "12 min", "3 h ago", "2 days ago". */
export function createSpanFormats(language: string) {
  const { code, texts } = textsOf(language);
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const relativeFormat = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const longFormats = new Map<string, Intl.NumberFormat>();
  const gap = code === "en" ? " " : "\u00a0";

  function span(size: number, unit: Intl.RelativeTimeFormatUnitSingular): string {
    if (isShort(unit)) return `${whole.format(size)}${gap}${texts.symbols[unit]}`;
    const known = longFormats.get(unit);
    const format = known ?? new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" });
    if (!known) longFormats.set(unit, format);
    return format.format(size);
  }

  function duration(ms: number): string {
    const sizeMs = Math.abs(ms);
    // A distance from now is 0 below two seconds, a span of time is not.
    if (sizeMs < 2_000) return span(Math.round(sizeMs / 1_000), "second");
    const { value, unit } = relativeTime(sizeMs, 0);
    return span(value, unit);
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
      if (value === 0 || !isShort(unit)) return relativeFormat.format(value, unit);
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
