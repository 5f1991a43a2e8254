import { LegacyMachineId } from "@muster/shared/contracts/legacy-system.ts";
import { z } from "zod";
import { MusterError } from "../../platform/errors.ts";
import { isNestedDeeperThan } from "../../platform/http/nesting.ts";

/** Fields whose errors have the texts of marshmallow, with which DashFleet checks its input: its clients show them. */

const MISSING = "Missing data for required field.";
const NULL = "Field may not be null.";

/** A number from `min` to `max`. */
export function float(min: number, max: number) {
  const range = `Must be greater than or equal to ${min} and less than or equal to ${max}.`;
  return z
    .number({ error: wrongType("Not a valid number.") })
    .min(min, range)
    .max(max, range);
}

/** Text of at most `max` characters. */
export function string(max: number) {
  return z.string({ error: wrongType("Not a valid string.") }).max(max, `Longer than maximum length ${max}.`);
}

/** Text of which the first `max` characters are kept. */
export function cutString(max: number) {
  return z
    .string({ error: wrongType("Not a valid string.") })
    .transform((text) => text.slice(0, max).toWellFormed());
}

/** A name of a machine, without characters that have a meaning in pages or paths. */
export function machineId() {
  return string(128).refine(
    (value) => LegacyMachineId.safeParse(value).success,
    "String does not match expected pattern.",
  );
}

/** One of several fixed texts. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words, { error: wrongType(`Must be one of: ${words.join(", ")}.`) });
}

export function boolean() {
  return z.boolean({ error: wrongType("Not a valid boolean.") });
}

const MAX_NESTING_LEVELS = 32;

/** An object with any fields. */
export function dict() {
  return z
    .record(z.string(), z.unknown(), { error: wrongType("Not a valid mapping type.") })
    .refine(
      (value) => !isNestedDeeperThan(value, MAX_NESTING_LEVELS),
      `Nested deeper than ${MAX_NESTING_LEVELS} levels.`,
    );
}

/** An object with these fields and no others. */
export function fields<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject(shape, { error: wrongType("Not a valid mapping type.") });
}

/** Reads a body; the field `token`, in which a credential may travel, is no part of it. Throws `bad-request` with messages by field. */
export function load<Schema extends z.ZodType>(schema: Schema, json: unknown): z.output<Schema> {
  const parsed = schema.safeParse(withoutToken(json));
  if (parsed.success) return parsed.data;
  const details = parsed.error.issues.slice(0, 20).flatMap(detailsOf);
  throw new MusterError("bad-request", "The body is not valid.", { details });
}

function detailsOf(issue: z.core.$ZodIssue): { path: string; message: string }[] {
  const path = issue.path.map(String);
  if (issue.code === "unrecognized_keys") {
    return issue.keys
      .slice(0, 20)
      .map((key) => ({ path: [...path, key.slice(0, 100)].join("."), message: "Unknown field." }));
  }
  return [{ path: path.join("."), message: issue.message }];
}

function wrongType(message: string): z.core.$ZodErrorMap {
  return ({ code, input }) => {
    if (code === "unrecognized_keys") return undefined;
    if (input === undefined) return MISSING;
    return input === null ? NULL : message;
  };
}

function withoutToken(json: unknown): unknown {
  if (typeof json !== "object" || json === null || Array.isArray(json)) return json;
  return Object.fromEntries(Object.entries(json).filter(([name]) => name !== "token"));
}
