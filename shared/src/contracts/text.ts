import { z } from "zod";
import { hasUnsafeCharacters } from "../unsafe-characters.ts";
import { cutToLength } from "./text-length.ts";

// Control characters, NUL included, and lone surrogates: no column, log or screen has a use for them.
const FORBIDDEN = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]|\p{Surrogate}/u;
const FORBIDDEN_IN_LINES = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]|\p{Surrogate}/u;

const lineChecks = new WeakMap<z.core.$ZodType, (value: unknown) => boolean>();

/**
 * A check for a schema of `line`, null for any other: true only for text that the schema accepts and returns unchanged. It takes a
 * tenth of the time of the schema, which matters for an inventory with thousands of texts.
 */
export function lineCheckOf(schema: z.core.$ZodType): ((value: unknown) => boolean) | null {
  return lineChecks.get(schema) ?? null;
}

/** One line of text of 1 to `max` characters (see `text-length.ts`) without control characters, trimmed. */
export function line(max: number) {
  const schema = z
    .string()
    .trim()
    .min(1, "must not be empty")
    .max(max, `must have at most ${max} characters`)
    .refine((value) => !FORBIDDEN.test(value), "must not contain control characters");
  lineChecks.set(schema, (value) => isTrimmedLine(value, max));
  return schema;
}

function isTrimmedLine(value: unknown, max: number): boolean {
  if (typeof value !== "string" || value.length === 0 || value.length > max) return false;
  return !FORBIDDEN.test(value) && value.trim().length === value.length;
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

/** Text of at most `max` characters that may be empty and may have line breaks, but no other control characters. */
export function lines(max: number) {
  return z
    .string()
    .max(max, `must have at most ${max} characters`)
    .refine((value) => !FORBIDDEN_IN_LINES.test(value), "must not contain control characters");
}

/** A tag: one to 40 letters, digits, or . _ : - and no spaces. */
export const Tag = z
  .string()
  .regex(/^[\p{L}\p{N}._:-]{1,40}$/u, "must be 1 to 40 letters, digits or . _ : -");
export type Tag = z.infer<typeof Tag>;

/** An instant on the v1 wire outside the agents' routes: ISO-8601 in UTC with milliseconds. */
export const Instant = z.iso.datetime({ precision: 3 });
export type Instant = z.infer<typeof Instant>;

/** Epoch milliseconds, as agents send them. The range is checked by whoever knows the time. */
export const EpochMs = z.number().int().min(0).max(8.64e15);
