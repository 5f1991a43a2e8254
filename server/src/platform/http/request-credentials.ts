import { ORGANIZATION_HEADER } from "@muster/shared/protocol/agent-protocol.ts";
import { parse } from "hono/utils/cookie";
import { MusterError } from "../errors.ts";
import type { RequestCredentials } from "./caller.ts";

/** Name of the cookie that carries a browser's session. */
export const SESSION_COOKIE = "muster_session";

const BEARER = /^Bearer +([A-Za-z0-9._~+/-]{1,200}=*)$/i;

/** Reads the credentials of a request. Throws `unauthenticated` for a scheme other than Bearer. */
export function readCredentials(header: (name: string) => string | undefined): RequestCredentials {
  const authorization = header("authorization");
  const cookie = authorization === undefined ? header("cookie") : undefined;
  return {
    bearer: authorization === undefined ? null : bearerOf(authorization),
    session: cookie === undefined ? null : (parse(cookie, SESSION_COOKIE)[SESSION_COOKIE] ?? null),
    organizationId: header(ORGANIZATION_HEADER) ?? null,
  };
}

/** Whether a browser sent a session, which may have ended. */
export function hasSessionCookie(cookie: string | undefined): boolean {
  return cookie !== undefined && parse(cookie, SESSION_COOKIE)[SESSION_COOKIE] !== undefined;
}

function bearerOf(authorization: string): string {
  const token = BEARER.exec(authorization)?.[1];
  if (token === undefined) {
    throw new MusterError("unauthenticated", "The Authorization header must be: Bearer <credential>.");
  }
  return token;
}
