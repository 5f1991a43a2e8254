import type { Context } from "hono";
import { deleteCookie, setCookie } from "hono/cookie";
import { SESSION_COOKIE } from "../../platform/http/request-credentials.ts";
import { MAX_SESSION_AGE_MS } from "./session-rules.ts";

/** The cookie of a session: HttpOnly, SameSite=Strict, and Secure when the server has TLS. */
export type SessionCookie = {
  /** Null when the request has none, or when it does not count. */
  read(request: { cookie(name: string): string | null }): string | null;
  write(context: Context, secret: string): void;
  clear(context: Context): void;
};

export function createSessionCookie({
  isSecure,
  basePath,
}: {
  isSecure: boolean;
  /** Path of the public URL; empty at the root. */
  basePath: string;
}): SessionCookie {
  const attributes = { path: basePath || "/", httpOnly: true, sameSite: "Strict", secure: isSecure } as const;
  return {
    read: (request) => request.cookie(SESSION_COOKIE),
    write: (context, secret) =>
      setCookie(context, SESSION_COOKIE, secret, { ...attributes, maxAge: MAX_SESSION_AGE_MS / 1000 }),
    clear: (context) => void deleteCookie(context, SESSION_COOKIE, attributes),
  };
}
