/** Largest counter a kernel keeps: 64 bits. */
const MAX_COUNT = 2 ** 64;

/** Reads a whole number from 0 to 2^64 out of OS output; undefined when the text is anything else. */
export function parseCount(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,20}$/.test(text)) return undefined;
  const value = Number(text);
  return value <= MAX_COUNT ? value : undefined;
}

/** Share of `total` in percent, 0 to 100; undefined when there is no total or a figure is missing. */
export function percentOf(part: number | undefined, total: number | undefined): number | undefined {
  if (part === undefined || total === undefined || !Number.isFinite(part) || !(total > 0)) return undefined;
  return Math.min(100, Math.max(0, (part / total) * 100));
}

/** Batteries that were calibrated badly say up to 117 %; 255 and 65535 are how firmware says that it does not know. */
const MAX_PLAUSIBLE_CHARGE_PERCENT = 150;

/** A battery's charge, 0 to 100: a little above is full; negative and far above are no readings. */
export function chargePercentOf(value: number | undefined): number | undefined {
  if (value === undefined || !(value >= 0 && value <= MAX_PLAUSIBLE_CHARGE_PERCENT)) return undefined;
  return Math.min(100, value);
}

/** A reading that the port promises; throws with what could not be read when it is missing. */
export function required<T>(reading: T | undefined, what: string): T {
  if (reading === undefined) throw new Error(`cannot read ${what}`);
  return reading;
}
