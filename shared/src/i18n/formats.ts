import type { MetricUnit } from "../contracts/metric-table.ts";
import { createSpanFormats } from "./span-formats.ts";

export type Formats = ReturnType<typeof createFormats>;

const BYTE_UNITS = ["kilobyte", "megabyte", "gigabyte", "terabyte", "petabyte"] as const;

/**
 * Numbers, sizes and times in one language; times in `timeZone` (an IANA name) or, without one, in that of the viewer. Formatters are
 * costly to make, so a language makes each once.
 */
export function createFormats(language: string, timeZone?: string) {
  const wholeFormat = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const oneDigitFormat = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const percentFormat = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
  const percentDownFormat = new Intl.NumberFormat(language, {
    style: "percent",
    maximumFractionDigits: 2,
    roundingMode: "floor",
  });
  const listFormat = new Intl.ListFormat(language, { type: "conjunction" });
  const sizes = createSizeFormats(language);
  const oneDigit = (value: number) => oneDigitFormat.format(value);
  /** `value` is in percent, 0 to 100. */
  const percent = (value: number) => percentFormat.format(value / 100);
  const byUnit: Record<MetricUnit, (value: number) => string> = {
    percent,
    bytes: sizes.bytes,
    bytesPerSecond: sizes.bytesPerSecond,
    celsius: (value) => `${oneDigit(value)} °C`,
    number: oneDigit,
  };
  return {
    language,
    whole: (value: number) => wholeFormat.format(value),
    oneDigit,
    percent,
    /** Rounded down to two decimals: 99.999 is not 100. The tolerance is that of binary fractions. */
    percentDown: (value: number) => percentDownFormat.format((value + 1e-9) / 100),
    list: (items: readonly string[]) => listFormat.format(items),
    /** How a metric with this unit is written. */
    ofUnit: (unit: MetricUnit) => byUnit[unit],
    ...sizes,
    ...createSpanFormats(language),
    ...createInstantFormats(language, timeZone),
  };
}

function createSizeFormats(language: string) {
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

  /** In decimal units, from kB on: 1.8 GB. Less than one kB is given in tenths of it, and is never zero. */
  function inUnits(value: number, formats: readonly Intl.NumberFormat[]): string {
    if (value > 0 && value < 1_000)
      return formats[0]?.format(Math.max(1, Math.round(value / 100)) / 10) ?? String(value);
    const power = value < 1_000 ? 1 : Math.min(BYTE_UNITS.length, Math.floor(Math.log10(value) / 3));
    return formats[power - 1]?.format(value / 1_000 ** power) ?? String(value);
  }

  return {
    bytes: (value: number) => inUnits(value, byteFormats),
    bytesPerSecond: (value: number) => inUnits(value, rateFormats),
    /** Memory, which is made in powers of two: 16 GiB. */
    binaryBytes: createBinaryFormat(language),
  };
}

const BINARY_UNITS: Readonly<Record<string, readonly string[]>> = {
  fr: ["Kio", "Mio", "Gio", "Tio"],
  ru: ["КиБ", "МиБ", "ГиБ", "ТиБ"],
};
const ENGLISH_BINARY_UNITS = ["KiB", "MiB", "GiB", "TiB"] as const;

/** `Intl` has no binary units. Their names are those of IEC 80000-13. */
function createBinaryFormat(language: string): (value: number) => string {
  const units = BINARY_UNITS[language.slice(0, 2)] ?? ENGLISH_BINARY_UNITS;
  const format = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 });
  return (value) => {
    const power = value < 1024 ? 1 : Math.min(units.length, Math.floor(Math.log2(value) / 10));
    return `${format.format(value / 1024 ** power)}\u00a0${units[power - 1] ?? ""}`;
  };
}

function createInstantFormats(language: string, timeZone: string | undefined) {
  const formatter = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(language, {
      ...options,
      ...(timeZone !== undefined && { timeZone }),
    });
    return (at: string | number) => format.format(new Date(at));
  };
  const clock = { hour: "2-digit", minute: "2-digit" } as const;
  const utcDayFormat = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" });
  return {
    exact: formatter({ dateStyle: "medium", timeStyle: "medium" }),
    minute: formatter({ dateStyle: "medium", timeStyle: "short" }),
    day: formatter({ dateStyle: "medium" }),
    /** A day that is given in UTC. */
    utcDay: (at: string) => utcDayFormat.format(new Date(at)),
    clock: formatter(clock),
    second: formatter({ ...clock, second: "2-digit" }),
    tenth: formatter({ ...clock, second: "2-digit", fractionalSecondDigits: 1 }),
    weekday: formatter({ weekday: "short", ...clock }),
    shortDay: formatter({ day: "numeric", month: "short" }),
  };
}
