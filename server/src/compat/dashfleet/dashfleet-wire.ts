import type { ErrorCode, ErrorDetail } from "@muster/shared/errors.ts";
import { parse } from "hono/utils/cookie";
import type { MusterError } from "../../platform/errors.ts";
import type { LegacyWire } from "../../platform/http/legacy-wire.ts";

/** Name of the cookie that DashFleet's pages hold. */
export const DASHFLEET_COOKIE = "dashfleet_sid";

const BEARER = /^Bearer +(\S{1,200}) *$/i;

type Status = ReturnType<LegacyWire["failureOf"]>["status"];

const STATUS_OF: Partial<Record<ErrorCode, Status>> = {
  "bad-request": 400,
  "unsupported-media-type": 400,
  unauthenticated: 403,
  forbidden: 403,
  "not-found": 404,
  conflict: 409,
  "too-large": 413,
  "rate-limited": 429,
  unavailable: 503,
};

/** DashFleet: the key as bearer, else in the body as `token`, else behind the cookie. Every authentication error is 403. */
export const dashfleetWire: LegacyWire = {
  system: "dashfleet",
  async findSecret({ header, readBody }) {
    const bearer = BEARER.exec(header("authorization") ?? "")?.[1];
    if (bearer !== undefined) return { secret: bearer, isFromCookie: false };
    const token = tokenIn(await readBody());
    if (token !== null) return { secret: token, isFromCookie: false };
    const secret = readDashfleetCookie(header);
    return secret === null ? null : { secret, isFromCookie: true };
  },
  failureOf(error) {
    const status = STATUS_OF[error.code] ?? 500;
    return { status, body: { error: describe(error, status) } };
  },
};

/** The session secret of a browser, null without one. */
export function readDashfleetCookie(header: (name: string) => string | undefined): string | null {
  return parse(header("cookie") ?? "", DASHFLEET_COOKIE)[DASHFLEET_COOKIE] ?? null;
}

function describe(error: MusterError, status: Status): unknown {
  if (status === 403) return "Unauthorized";
  if (status === 404) return "not found";
  if (status === 400 && error.details.length > 0) return messagesByField(error.details);
  return error.message;
}

/** DashFleet names a field without the objects around it. */
function messagesByField(details: readonly ErrorDetail[]): Record<string, string[]> {
  const messages = new Map<string, string[]>();
  for (const { path, message } of details) {
    const field = path.split(".").at(-1) || "_schema";
    messages.set(field, [...(messages.get(field) ?? []), message]);
  }
  return Object.fromEntries(messages);
}

function tokenIn(body: unknown): string | null {
  if (typeof body !== "object" || body === null || !("token" in body)) return null;
  return typeof body.token === "string" && body.token.length <= 200 ? body.token : null;
}
