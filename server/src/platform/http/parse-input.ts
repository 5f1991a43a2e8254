import type { ErrorDetail } from "@muster/shared/errors.ts";
import { z } from "zod";
import { MusterError } from "../errors.ts";
import { findHostileText } from "./hostile-text.ts";

const MOST_DETAILS = 20;
const LONGEST_MESSAGE = 300;

/** Parses one part of a request. Throws `bad-request` with what is wrong where; `part` begins the message. */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  part: string,
): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const details = parsed.error.issues.slice(0, MOST_DETAILS).map(detailOf);
  throw new MusterError("bad-request", `The ${part} is not as it must be.`, { details });
}

/** Reads a query string: a name that comes several times gives an array. Throws `bad-request` for NUL. */
export function readQuery(search: string): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of new URLSearchParams(search)) {
    const before = query[name];
    if (before === undefined) query[name] = value;
    else if (Array.isArray(before)) before.push(value);
    else query[name] = [before, value];
  }
  refuseHostileText(query, "query");
  return { ...query };
}

/** Throws `bad-request` when any text inside `input` holds NUL or a lone surrogate. */
export function refuseHostileText(input: unknown, part: string): void {
  const path = findHostileText(input);
  if (path === null) return;
  const details = [{ path, message: "must not contain NUL or half of a surrogate pair" }];
  throw new MusterError("bad-request", `The ${part} holds text that cannot be stored.`, { details });
}

/** The same schema, refusing names it does not know; other schemas than objects stay as they are. */
export function withoutUnknownNames(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodObject ? schema.strict() : schema;
}

function detailOf(issue: z.core.$ZodIssue): ErrorDetail {
  const path = issue.path.map(String).join(".");
  if (issue.code === "unrecognized_keys" && issue.keys.length === 1) {
    const name = String(issue.keys[0]).slice(0, LONGEST_MESSAGE);
    return { path: path === "" ? name : `${path}.${name}`, message: "is not known here: leave it out" };
  }
  return { path, message: issue.message.slice(0, LONGEST_MESSAGE) };
}
