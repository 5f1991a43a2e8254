import type { Context } from "hono";
import { setCookie } from "hono/cookie";
import { parse } from "hono/utils/cookie";
import { KNOWN_BROWSER_MS } from "./known-browsers.ts";

const NAME = "muster_browser";

/** The cookie by which a browser is known. It gives no access, and is sent to the routes of signing in only. */
export type KnownBrowserCookie = {
  /** Reads it from the header `cookie`. */
  read(cookies: string | undefined): string | null;
  write(context: Context, secret: string): void;
};

export function createKnownBrowserCookie({
  isSecure,
  basePath,
}: {
  isSecure: boolean;
  /** Path of the public URL; empty at the root. */
  basePath: string;
}): KnownBrowserCookie {
  return {
    read: (cookies) => (cookies === undefined ? null : (parse(cookies, NAME)[NAME] ?? null)),
    write: (context, secret) =>
      setCookie(context, NAME, secret, {
        path: `${basePath}/api/v1/auth`,
        httpOnly: true,
        sameSite: "Strict",
        secure: isSecure,
        maxAge: KNOWN_BROWSER_MS / 1000,
      }),
  };
}
