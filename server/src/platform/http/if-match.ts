import { MusterError } from "../errors.ts";
import type { Caller } from "./caller.ts";

const VERSION = /^(?:W\/)?"(\d{1,15})"$/;

/**
 * Reads the version in `If-Match`: the one that the client has seen and changes. Null when any version may be changed. A browser has to
 * send it, because its user may have looked at the form for an hour; an API key may. Throws `precondition-required` or `bad-request`.
 */
export function readIfMatch(caller: Caller, header: string | undefined): number | null {
  if (header === undefined) {
    if (caller.kind !== "user") return null;
    throw new MusterError(
      "precondition-required",
      'Send the version that you change in the header If-Match, as "3".',
    );
  }
  if (header.trim() === "*") return null;
  const version = VERSION.exec(header.trim())?.[1];
  if (version !== undefined) return Number(version);
  throw new MusterError("bad-request", 'The header If-Match must be a version in quotation marks, as "3".');
}

export function etagOf(version: number): string {
  return `"${version}"`;
}
