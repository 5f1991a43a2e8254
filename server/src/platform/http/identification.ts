import { MusterError } from "../errors.ts";
import { checkAccess } from "./access.ts";
import type { Caller, RequestCredentials } from "./caller.ts";
import type { EndpointOptions } from "./endpoint-options.ts";
import type { IncomingRequest } from "./incoming-request.ts";
import { readCredentials } from "./request-credentials.ts";
import type { RouteDefinition } from "./route.ts";
import { checkOrigin } from "./same-origin.ts";

type Identified = { caller: Caller; isStillAllowed: () => Promise<boolean> };

/** Finds the caller, counts the request, and checks what the route asks for. */
export function createIdentification(
  { access, isUnlimited }: RouteDefinition,
  { authenticate, authenticateDevice, limits, allowedOrigins, log }: EndpointOptions,
): (request: IncomingRequest) => Promise<Identified> {
  const nobody: Caller = { kind: "nobody" };

  async function find(credentials: RequestCredentials, address: string): Promise<Caller> {
    try {
      if (access.by === "device" && authenticateDevice && credentials.bearer?.startsWith("md_")) {
        return await authenticateDevice(credentials.bearer);
      }
      return await authenticate(credentials);
    } catch (error) {
      // Only the failed ones count against an address, so that nobody is locked out by a neighbour who guesses.
      if (error instanceof MusterError && error.code === "unauthenticated") limits.count(nobody, address);
      throw error;
    }
  }

  return async (request) => {
    const { address } = request;
    if (access.by === "public") {
      if (!isUnlimited) limits.count(nobody, address);
      return { caller: nobody, isStillAllowed: async () => true };
    }
    const credentials = readCredentials(request.header);
    const caller = await find(credentials, address);
    if (!isUnlimited || caller.kind === "nobody") limits.count(caller, address);
    checkAccess(access, caller);
    if (caller.kind === "user") {
      checkOrigin({ method: request.method, origin: request.header("origin") }, allowedOrigins);
    }
    const isStillAllowed = async () => {
      try {
        checkAccess(access, await authenticate(credentials));
        return true;
      } catch (error) {
        log.debug({ err: error }, "A credential of an open stream is no longer accepted");
        return false;
      }
    };
    return { caller, isStillAllowed };
  };
}
