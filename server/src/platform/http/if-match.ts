import { MusterError } from "../errors.ts";
import type { MemberCaller } from "./caller.ts";

const VERSION = /^(?:W\/)?"(\d{1,15})"$/;

/**
 * Reads the version in `If-Match`: the one that the client has seen and changes. Null when any version may be changed. A browser has to
 * send it, because its user may have looked at the form for an hour; an API key may. Throws `precondition-required` or `bad-request`.
 */
export function readIfMatch(caller: MemberCaller, header: string | undefined): number | null {
  if (header === undefined) {
    if (caller.kind === "api-key") return null;
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

/** Throws `precondition-failed` when what is changed has another version by now. */
export function assertVersion(expected: number | null, current: number): void {
  if (expected === null || expected === current) return;
  throw new MusterError(
    "precondition-failed",
    "Somebody else changed this in the meantime. Load it again and repeat your change.",
  );
}
