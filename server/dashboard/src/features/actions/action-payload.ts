import type { z } from "zod";
import type { ActionField } from "./action-field.ts";

export type FieldValue = string | boolean | readonly string[];
export type FieldValues = Readonly<Record<string, FieldValue>>;

/** What is wrong with a field; `limit` is the bound that it breaks. */
export type FieldProblem = { kind: ProblemKind; limit: number };
export type ProblemKind =
  | "required"
  | "whole"
  | "too-small"
  | "too-big"
  | "too-short"
  | "too-long"
  | "too-few"
  | "too-many"
  | "refused";

type PayloadReading = { payload: Record<string, unknown> } | { problems: ReadonlyMap<string, FieldProblem> };

/** What the fields hold at first: the values of `payload`, or each field's own. */
export function initialValues(
  fields: readonly ActionField[],
  payload: Readonly<Record<string, unknown>> = {},
): FieldValues {
  return Object.fromEntries(
    fields.map((field) => [field.name, toFieldValue(payload[field.name], field.initial)]),
  );
}

function toFieldValue(value: unknown, initial: FieldValue): FieldValue {
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) return value.map(String);
  return initial;
}

/** What the fields hold, checked by the action's own schema. Problems are by the field's name, the first of each. */
export function readPayload(
  schema: z.ZodObject,
  fields: readonly ActionField[],
  values: FieldValues,
): PayloadReading {
  const filled = new Map<string, unknown>();
  for (const field of fields) {
    const value = toInput(field, values[field.name] ?? field.initial);
    if (value !== undefined) filled.set(field.name, value);
  }
  const parsed = schema.safeParse(Object.fromEntries(filled));
  if (parsed.success) return { payload: parsed.data };
  const problems = new Map<string, FieldProblem>();
  for (const issue of parsed.error.issues) {
    const name = String(issue.path[0] ?? "");
    if (problems.has(name)) continue;
    problems.set(name, filled.has(name) ? problemOf(issue) : { kind: "required", limit: 0 });
  }
  return { problems };
}

/** A field that is left empty is left out, so that the schema's default holds or its absence is named. */
function toInput(field: ActionField, value: FieldValue): unknown {
  if (value === "") return undefined;
  if (field.kind !== "integer") return value;
  const text = String(value).trim();
  return text === "" ? undefined : Number(text);
}

function problemOf(issue: z.core.$ZodIssue): FieldProblem {
  switch (issue.code) {
    case "invalid_type":
      return {
        kind: issue.expected === "int" || issue.expected === "number" ? "whole" : "refused",
        limit: 0,
      };
    case "too_small": {
      const limit = Number(issue.minimum);
      if (issue.origin === "string") return { kind: limit === 1 ? "required" : "too-short", limit };
      return { kind: issue.origin === "array" ? "too-few" : "too-small", limit };
    }
    case "too_big": {
      const limit = Number(issue.maximum);
      if (issue.origin === "string") return { kind: "too-long", limit };
      return { kind: issue.origin === "array" ? "too-many" : "too-big", limit };
    }
    default:
      return { kind: "refused", limit: 0 };
  }
}
