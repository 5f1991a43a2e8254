import type { ErrorDetail } from "@muster/shared/errors.ts";
import { z } from "zod";
import { MusterError } from "../errors.ts";

const MAX_DETAILS = 20;
const MAX_MESSAGE_LENGTH = 300;

/** Parses one part of a request. Throws `bad-request` whose details name each wrong field; `part` is named in the message. */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  part: string,
): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const details = parsed.error.issues.slice(0, MAX_DETAILS).map(detailOf);
  throw new MusterError("bad-request", sentenceOf(part, details), { details });
}

/** Reads a query string: a repeated name gives an array. Throws `bad-request` for NUL. */
export function readQuery(search: string): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of new URLSearchParams(search)) {
    const before = query[name];
    if (before === undefined) query[name] = value;
    else if (Array.isArray(before)) before.push(value);
    else query[name] = [before, value];
  }
  assertStorableText(query, "query");
  return { ...query };
}

/** Throws `bad-request` when any text inside `input` holds NUL or a lone surrogate. */
export function assertStorableText(input: unknown, part: string): void {
  const path = findUnstorableText(input);
  if (path === null) return;
  const details = [{ path, message: "must not contain NUL or half of a surrogate pair" }];
  throw new MusterError("bad-request", `The ${part} contains text that cannot be stored.`, { details });
}

/** The same schema, but an object schema rejects unknown names. */
export function strictSchema(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodObject ? schema.strict() : schema;
}

/** One sentence that names the field when only one is wrong. */
function sentenceOf(part: string, details: readonly ErrorDetail[]): string {
  const [only, ...others] = details;
  if (!only || only.path === "" || others.length > 0) return `The ${part} is invalid: see the details.`;
  const { path, message } = only;
  const isFragment = /^(must|is|has) /.test(message);
  const sentence = isFragment
    ? `The field ${path} of the ${part} ${message}`
    : `The field ${path} of the ${part} is invalid: ${message}`;
  return sentence.endsWith(".") ? sentence : `${sentence}.`;
}

function detailOf(issue: z.core.$ZodIssue): ErrorDetail {
  const path = issue.path.map(String).join(".");
  if (issue.code === "unrecognized_keys" && issue.keys.length === 1) {
    const name = String(issue.keys[0]).slice(0, MAX_MESSAGE_LENGTH);
    return { path: path === "" ? name : `${path}.${name}`, message: "is not known here: leave it out" };
  }
  return { path, message: issue.message.slice(0, MAX_MESSAGE_LENGTH) };
}

/**
 * Finds text that cannot be stored: NUL and lone surrogates. Returns the dotted path of the first, null when there is none. Works
 * without recursion, so deep nesting is safe.
 */
function findUnstorableText(value: unknown): string | null {
  const open: { path: string; value: unknown }[] = [{ path: "", value }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next.value === "string") {
      if (isUnstorable(next.value)) return next.path;
    } else if (typeof next.value === "object" && next.value !== null) {
      for (const [key, inner] of Object.entries(next.value)) {
        if (isUnstorable(key)) return next.path;
        open.push({ path: next.path === "" ? key : `${next.path}.${key}`, value: inner });
      }
    }
  }
  return null;
}

function isUnstorable(text: string): boolean {
  return text.includes("\0") || !text.isWellFormed();
}
