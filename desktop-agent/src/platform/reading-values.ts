/** Largest counter a kernel keeps: 64 bits. */
const MAX_COUNT = 2 ** 64;

/** Reads a whole number from 0 to 2^64 out of OS output; undefined when the text is anything else. */
export function parseCount(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,20}$/.test(text)) return undefined;
  const value = Number(text);
  return value <= MAX_COUNT ? value : undefined;
}

/** Share of `total` in percent, 0 to 100; undefined when there is no total or a value is missing. */
export function percentOf(part: number | undefined, total: number | undefined): number | undefined {
  if (part === undefined || total === undefined || !Number.isFinite(part) || !(total > 0)) return undefined;
  return Math.min(100, Math.max(0, (part / total) * 100));
}

/** Badly calibrated batteries report up to 117 %; firmware reports 255 or 65535 when it does not know. */
const MAX_PLAUSIBLE_CHARGE_PERCENT = 150;

/** A battery's charge, 0 to 100. Slightly above 100 is full; a negative or far larger value is unknown. */
export function chargePercentOf(value: number | undefined): number | undefined {
  if (value === undefined || !(value >= 0 && value <= MAX_PLAUSIBLE_CHARGE_PERCENT)) return undefined;
  return Math.min(100, value);
}

/** A reading that the port promises; throws with what could not be read when it is missing. */
export function required<T>(reading: T | undefined, what: string): T {
  if (reading === undefined) throw new Error(`Cannot read ${what}.`);
  return reading;
}
