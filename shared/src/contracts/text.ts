import { z } from "zod";
import { hasUnsafeCharacters } from "../unsafe-characters.ts";
import { cutToLength } from "./text-length.ts";

// Control characters, NUL included, and lone surrogates: no column, log or screen has a use for them.
const FORBIDDEN_CHARACTERS = "\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029\\p{Surrogate}";
const FORBIDDEN = new RegExp(`[${FORBIDDEN_CHARACTERS}]`, "u");
const FORBIDDEN_IN_LINES = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]|\p{Surrogate}/u;

/** What a `line` is that its schema returns unchanged, as one pattern: trimmed, and without what is forbidden. */
const UNCHANGED_LINE = `^(?!\\s)[^${FORBIDDEN_CHARACTERS}]+(?<!\\s)$`;

/**
 * JSON Schema for schemas with rules that `z.toJSONSchema` does not express: it describes exactly the texts that the schema accepts and
 * returns unchanged. The generated validators are made from it (`build/validators`).
 */
export const unchangedTexts = z.registry<{ pattern: string; minLength: number; maxLength: number }>();

/** What a tab becomes in text of several lines: agents of every version take spaces. */
const TAB_AS_SPACES = "    ";

/** One line of text of 1 to `max` characters (see `text-length.ts`) without control characters, trimmed. A tab becomes a space. */
export function line(max: number) {
  return z
    .string()
    .overwrite((value) => value.replaceAll("\t", " "))
    .trim()
    .min(1, "must not be empty")
    .max(max, `must have at most ${max} characters`)
    .refine((value) => !FORBIDDEN.test(value), "must not contain control characters")
    .register(unchangedTexts, { pattern: UNCHANGED_LINE, minLength: 1, maxLength: max });
}

/** The name that a user gives to something: a `line` without bidirectional and invisible characters, which make one name look like another. */
export function name(max: number) {
  return line(max).refine(
    (value) => !hasUnsafeCharacters(value),
    "must not contain bidirectional or invisible characters",
  );
}

/**
 * The nearest text that `line(max)` takes: what it forbids becomes a space, and what is too long is cut between two characters. Null
 * when nothing is left.
 */
export function toLine(text: string, max: number): string | null {
  const clean = text.replaceAll(new RegExp(FORBIDDEN, "gu"), " ").trim();
  const cut = cutToLength(clean, max).trim();
  return cut === "" ? null : cut;
}

/**
 * Text of at most `max` characters that may be empty and may have line breaks, but no other control characters. CR LF and CR become
 * line breaks, a tab becomes spaces.
 */
export function lines(max: number) {
  return z
    .string()
    .overwrite((value) => value.replaceAll(/\r\n?/g, "\n").replaceAll("\t", TAB_AS_SPACES))
    .max(max, `must have at most ${max} characters`)
    .refine((value) => !FORBIDDEN_IN_LINES.test(value), "must not contain control characters");
}

/** What `filledLines` returns unchanged: at least one character that is no space, and none that is forbidden. */
const UNCHANGED_LINES = "^(?=[^]*\\S)[^\\u0000-\\u0009\\u000b-\\u001f\\u007f-\\u009f\\p{Surrogate}]+$";

/** As `lines`, and not empty. */
export function filledLines(max: number) {
  return lines(max)
    .refine((value) => value.trim() !== "", "must not be empty")
    .register(unchangedTexts, { pattern: UNCHANGED_LINES, minLength: 1, maxLength: max });
}

/** Fields that the server does not know and ignored, as dotted paths such as `samples.gpu`. */
export const IgnoredNames = z.array(z.string().max(80)).max(10);

/** A tag: one to 40 letters, digits, or . _ : - and no spaces. */
export const Tag = z
  .string()
  .regex(/^[\p{L}\p{N}._:-]{1,40}$/u, "must be 1 to 40 letters, digits or . _ : -");
export type Tag = z.infer<typeof Tag>;

/** An instant: ISO-8601 in UTC with milliseconds. */
export const Instant = z.iso.datetime({ precision: 3 });
export type Instant = z.infer<typeof Instant>;

// A space before the offset is a "+" that a query string decoded.
const ANY_INSTANT =
  /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2})(:\d{2})?(\.\d{1,9})?(?:[Zz]|([+\- ])(\d{2}):?(\d{2})?)$/;

/** The same instant as `Instant` writes it; null for text that is none. Digits below a millisecond are cut off. */
function toInstantText(text: string): string | null {
  const [, date, minute, seconds = ":00", fraction = ".0", sign, hours, minutes = "00"] =
    ANY_INSTANT.exec(text) ?? [];
  if (date === undefined || minute === undefined) return null;
  const offset = sign === undefined ? "Z" : `${sign === "-" ? "-" : "+"}${hours}:${minutes}`;
  const day = new Date(`${date}T00:00:00Z`);
  // Date.parse takes 30 February for 2 March.
  if (Number.isNaN(day.getTime()) || !day.toISOString().startsWith(date)) return null;
  const instant = new Date(`${date}T${minute}${seconds}${fraction.padEnd(4, "0").slice(0, 4)}${offset}`);
  const written = Number.isNaN(instant.getTime()) ? "" : instant.toISOString();
  // An offset can move the first or last day of the calendar out of four-digit years.
  return written.length === 24 ? written : null;
}

/**
 * An instant in a request: ISO-8601 with a time zone, `Z` or an offset, and 0 to 9 decimals. The parsed value is an `Instant` in UTC with
 * milliseconds.
 */
export const AnyInstant = z
  .string()
  .max(40, "must be an instant such as 2026-11-30T09:00:00Z or 2026-11-30T09:00:00+01:00")
  .overwrite((text) => toInstantText(text) ?? text)
  .refine(
    (text) => toInstantText(text) !== null,
    "must be an instant such as 2026-11-30T09:00:00Z or 2026-11-30T09:00:00+01:00",
  )
  .meta({ format: "date-time" });

/** Epoch milliseconds. */
export const EpochMs = z.number().int().min(0).max(8.64e15);
