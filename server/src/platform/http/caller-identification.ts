import { MusterError } from "../errors.ts";
import { checkAccess } from "./access.ts";
import { type Caller, hasSameLimit, type RequestCredentials } from "./caller.ts";
import { createLegacyIdentification } from "./legacy-identification.ts";
import type { EndpointOptions } from "./endpoint-options.ts";
import type { IncomingRequest } from "./incoming-request.ts";
import { readCredentials } from "./request-credentials.ts";
import { DEFAULT_MAX_BODY_BYTES } from "./request-input.ts";
import { UNLIMITED_ACCOUNT, type WorkAccount } from "./request-limits.ts";
import type { RouteDefinition } from "./route.ts";
import { checkOrigin, foreignOrigin } from "./same-origin.ts";

export type Identified = {
  caller: Caller;
  account: WorkAccount;
  /** False when cookies of this request must not be used, because another site may have sent it. */
  hasCookies: boolean;
  /** Identifies the caller again; null when it has lost its rights here. */
  identifyAgain: () => Promise<Caller | null>;
};

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

  function findCaller(credentials: RequestCredentials): Caller | Promise<Caller> {
    if (access.by === "device" && authenticateDevice && credentials.bearer?.startsWith("md_")) {
      return authenticateDevice(credentials.bearer);
    }
    return authenticate(credentials);
  }

  async function countFailures(find: () => Caller | Promise<Caller>, address: string): Promise<Caller> {
    try {
      return await find();
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
    const hasCookies = checkOrigin(request, definition, allowedOrigins);
    if (access.by === "public") {
      // Not the limits of the address: a neighbour who uses them up must not keep anybody from signing in.
      if (definition.countRequest) await definition.countRequest(request);
      const account = count(nobody, address, isUnlimited || definition.countRequest !== undefined);
      return { caller: nobody, account, hasCookies, identifyAgain: async () => nobody };
    }
    if (findLegacyCaller) {
      const caller = await countFailures(() => findLegacyCaller(request, hasCookies), address);
      const account = count(caller, address, isUnlimited);
      checkAccess(access, caller);
      return { caller, account, hasCookies, identifyAgain: async () => null };
    }
    const credentials = readCredentials(request.header);
    if (credentials.session !== null && !hasCookies) throw foreignOrigin();
    const caller = await countFailures(() => findCaller(credentials), address);
    const account = count(caller, address, isUnlimited && caller.kind !== "nobody");
    checkAccess(access, caller);
    const identifyAgain = async () => {
      try {
        const now = await authenticate({ ...credentials, isRecheck: true });
        checkAccess(access, now);
        return hasSameLimit(caller, now) ? now : null;
      } catch (error) {
        log.debug({ err: error }, "A credential of an open stream is no longer accepted");
        return null;
      }
    };
    return { caller, account, hasCookies, identifyAgain };
  };
}
