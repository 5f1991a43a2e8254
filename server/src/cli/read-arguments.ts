import type { z } from "zod";
import { UsageError } from "./command-result.ts";

/** Names of the API's fields on the command line, where they are not `--` and the field's name. */
const OPTION_NAMES: Record<string, string> = {
  "": "it",
  validHours: "--hours",
  maxUses: "--uses",
  validDays: "--days",
  tags: "--tag",
  password: "the password",
};

/** Parses arguments with the schema of the API. Throws UsageError with every problem. */
export function readArguments<Schema extends z.ZodType>(
  schema: Schema,
  given: unknown,
  names: Record<string, string> = {},
): z.output<Schema> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => {
    const field = String(path[0] ?? "");
    return `${names[field] ?? OPTION_NAMES[field] ?? `--${field}`}: ${message}`;
  });
  throw new UsageError([...new Set(problems)].join("\n"));
}

/** Reads a whole number; the schema checks its range. Throws UsageError. */
export function readNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`${name}: must be a whole number`);
  return Number(text);
}
