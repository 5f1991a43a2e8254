import { Id } from "@muster/shared/ids.ts";
import { MusterError } from "../../platform/errors.ts";
import type { Authenticate, Caller } from "../../platform/http/caller.ts";
import type { AuthenticateApiKey } from "../keys/api-key-authentication.ts";
import type { AuthenticateSession } from "../login/session-authentication.ts";
import { isSecretOf } from "../secrets/secret.ts";
import type { DeviceCredentials } from "./device-credential.service.ts";

/**
 * Identifies the caller of a request. A bearer takes precedence over a cookie. A key or a session that was revoked on any server is
 * rejected within half a second.
 */
export function createAuthenticate(deps: {
  authenticateApiKey: AuthenticateApiKey;
  authenticateSession: AuthenticateSession;
  credentials: DeviceCredentials;
}): Authenticate {
  const { authenticateApiKey, authenticateSession, credentials } = deps;

  async function byBearer(bearer: string, isRecheck: boolean): Promise<Caller> {
    if (isSecretOf("device", bearer)) return credentials.authenticateDevice(bearer);
    const key = isSecretOf("apiKey", bearer) ? await authenticateApiKey(bearer, isRecheck) : null;
    if (key) return key;
    throw new MusterError("unauthenticated", "This API key is unknown, expired or revoked.");
  }

  async function bySession(
    secret: string,
    organizationId: string | null,
    isRecheck: boolean,
  ): Promise<Caller> {
    if (organizationId !== null && !Id.safeParse(organizationId).success) {
      throw new MusterError("bad-request", "The id of the selected organization is not a valid id.");
    }
    const user = isSecretOf("session", secret)
      ? await authenticateSession(secret, organizationId, isRecheck)
      : null;
    if (user) return user;
    throw new MusterError("unauthenticated", "The session has ended. Sign in again.");
  }

  return async ({ bearer, session, organizationId, isRecheck = false }) => {
    if (bearer !== null) return byBearer(bearer, isRecheck);
    if (session !== null) return bySession(session, organizationId, isRecheck);
    return { kind: "nobody" };
  };
}
