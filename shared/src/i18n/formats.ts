import { relativeTime } from "./relative-time.ts";

export type Formats = ReturnType<typeof createFormats>;

const BYTE_UNITS = ["kilobyte", "megabyte", "gigabyte", "terabyte", "petabyte"] as const;

/** Numbers, sizes and times in one language. Formatters are costly to make, so a language makes each once. */
export function createFormats(language: string) {
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const oneDigit = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "short" });
  const exact = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "medium" });
  const minute = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
  const day = new Intl.DateTimeFormat(language, { dateStyle: "medium" });
  const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" });
  const second = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const tenth = new Intl.DateTimeFormat(language, {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    fractionalSecondDigits: 1,
  });
  const weekday = new Intl.DateTimeFormat(language, { weekday: "short", hour: "2-digit", minute: "2-digit" });
  const shortDay = new Intl.DateTimeFormat(language, { day: "numeric", month: "short" });
  const list = new Intl.ListFormat(language, { type: "conjunction" });
  const sized = (per: "" | "-per-second") =>
    BYTE_UNITS.map(
      (unit) =>
        new Intl.NumberFormat(language, {
          style: "unit",
          unit: `${unit}${per}`,
          unitDisplay: "short",
          maximumSignificantDigits: 3,
        }),
    );
  const byteFormats = sized("");
  const rateFormats = sized("-per-second");

  /** Memory is made in powers of two and sold under decimal names: 16 GiB is "16 GB". */
  function binaryBytes(value: number): string {
    const gib = value / 1024 ** 3;
    return byteFormats[2]?.format(gib) ?? bytes(value);
  }

  const durations = new Map<string, Intl.NumberFormat>();

  /** Bytes in decimal units, from kB on: 1.8 GB. What is less is told in tenths of a kB, and is never nothing. */
  function bytes(value: number, formats = byteFormats): string {
    if (value > 0 && value < 1_000)
      return formats[0]?.format(Math.max(1, Math.round(value / 100)) / 10) ?? whole.format(value);
    const power = value < 1_000 ? 1 : Math.min(BYTE_UNITS.length, Math.floor(Math.log10(value) / 3));
    return formats[power - 1]?.format(value / 1_000 ** power) ?? whole.format(value);
  }

  /** A span of time in its largest unit: "12 min". */
  function duration(ms: number): string {
    const sizeMs = Math.abs(ms);
    // A distance from now is 0 below two seconds, a span of time is not.
    const { value, unit } =
      sizeMs < 2_000
        ? { value: Math.round(sizeMs / 1_000), unit: "second" as const }
        : relativeTime(sizeMs, 0);
    const known = durations.get(unit);
    const format = known ?? new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "short" });
    if (!known) durations.set(unit, format);
    return format.format(value);
  }

  return {
    language,
    duration,
    whole: (value: number) => whole.format(value),
    oneDigit: (value: number) => oneDigit.format(value),
    /** `value` is in percent, 0 to 100. */
    percent: (value: number) => percent.format(value / 100),
    bytes: (value: number) => bytes(value),
    binaryBytes,
    bytesPerSecond: (value: number) => bytes(value, rateFormats),
    exact: (at: string | number) => exact.format(new Date(at)),
    minute: (at: string | number) => minute.format(new Date(at)),
    day: (at: string | number) => day.format(new Date(at)),
    clock: (at: string | number) => clock.format(new Date(at)),
    second: (at: string | number) => second.format(new Date(at)),
    tenth: (at: string | number) => tenth.format(new Date(at)),
    weekday: (at: string | number) => weekday.format(new Date(at)),
    shortDay: (at: string | number) => shortDay.format(new Date(at)),
    list: (items: readonly string[]) => list.format(items),
    relative(at: string | number, nowMs: number): string {
      const { value, unit } = relativeTime(new Date(at).getTime(), nowMs);
      return relative.format(value, unit);
    },
  };
}
