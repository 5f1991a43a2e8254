import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { SESSION_COOKIE } from "../../platform/http/request-credentials.ts";
import { MAX_SESSION_AGE_MS } from "./session-rules.ts";

/** The cookie of a session: HttpOnly, SameSite=Strict, and Secure when the server has TLS. */
export type SessionCookie = {
  read(context: Context): string | null;
  write(context: Context, secret: string): void;
  clear(context: Context): void;
};

export function createSessionCookie({ isSecure }: { isSecure: boolean }): SessionCookie {
  const attributes = { path: "/", httpOnly: true, sameSite: "Strict", secure: isSecure } as const;
  return {
    read: (context) => getCookie(context, SESSION_COOKIE) ?? null,
    write: (context, secret) =>
      setCookie(context, SESSION_COOKIE, secret, { ...attributes, maxAge: MAX_SESSION_AGE_MS / 1000 }),
    clear: (context) => void deleteCookie(context, SESSION_COOKIE, attributes),
  };
}
