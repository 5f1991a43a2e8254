import { MusterError } from "../errors.ts";
import { checkAccess } from "./access.ts";
import type { Caller, RequestCredentials } from "./caller.ts";
import { createLegacyIdentification } from "./legacy-identification.ts";
import type { EndpointOptions } from "./endpoint-options.ts";
import type { IncomingRequest } from "./incoming-request.ts";
import { readCredentials } from "./request-credentials.ts";
import { DEFAULT_MAX_BODY_BYTES } from "./request-input.ts";
import { UNLIMITED_ACCOUNT, type WorkAccount } from "./request-limits.ts";
import type { RouteDefinition } from "./route.ts";
import { checkOrigin } from "./same-origin.ts";

type Identified = { caller: Caller; account: WorkAccount; isStillAllowed: () => Promise<boolean> };

/** Identifies the caller, counts the request against its limit, and checks the access of the route. */
export function createCallerIdentification(
  definition: RouteDefinition,
  options: EndpointOptions,
): (request: IncomingRequest) => Promise<Identified> {
  const { access, isUnlimited, wire, maxBodyBytes = DEFAULT_MAX_BODY_BYTES } = definition;
  const { authenticate, authenticateDevice, limits, allowedOrigins, log } = options;
  const nobody: Caller = { kind: "nobody" };
  const findLegacyCaller =
    access.by === "legacy" ? createLegacyIdentification(wire, maxBodyBytes, options) : undefined;

  async function findCaller(credentials: RequestCredentials): Promise<Caller> {
    if (access.by === "device" && authenticateDevice && credentials.bearer?.startsWith("md_")) {
      return authenticateDevice(credentials.bearer);
    }
    return authenticate(credentials);
  }

  async function countFailures(found: Promise<Caller>, address: string): Promise<Caller> {
    try {
      return await found;
    } catch (error) {
      // Only failures count against an address, so that a neighbour who guesses locks nobody out.
      if (error instanceof MusterError && error.code === "unauthenticated") limits.count(nobody, address);
      throw error;
    }
  }

  function count(caller: Caller, address: string, isFree: boolean | undefined): WorkAccount {
    if (isFree) return UNLIMITED_ACCOUNT;
    limits.count(caller, address);
    const account = limits.accountOf(caller, address);
    account.requireCredit();
    return account;
  }

  return async (request) => {
    const { address } = request;
    if (access.by === "public") {
      const account = count(nobody, address, isUnlimited);
      return { caller: nobody, account, isStillAllowed: async () => true };
    }
    if (findLegacyCaller) {
      const caller = await countFailures(findLegacyCaller(request), address);
      const account = count(caller, address, isUnlimited);
      checkAccess(access, caller);
      return { caller, account, isStillAllowed: async () => false };
    }
    const credentials = readCredentials(request.header);
    const caller = await countFailures(findCaller(credentials), address);
    const account = count(caller, address, isUnlimited && caller.kind !== "nobody");
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
    return { caller, account, isStillAllowed };
  };
}
