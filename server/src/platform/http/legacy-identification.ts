import { MusterError } from "../errors.ts";
import type { LegacyKeyCaller } from "./caller.ts";
import type { LegacyWire } from "./legacy-wire.ts";
import type { EndpointOptions } from "./endpoint-options.ts";
import type { IncomingRequest } from "./incoming-request.ts";
import { readJson } from "./request-body.ts";
import { checkOrigin } from "./same-origin.ts";

type Options = Pick<EndpointOptions, "authenticateLegacyKey" | "allowedOrigins">;

/** Returns how the client of an older system is found. Throws `unauthenticated` without a secret that holds. */
export function createLegacyIdentification(
  wire: LegacyWire | undefined,
  maxBodyBytes: number,
  { authenticateLegacyKey, allowedOrigins }: Options,
): (request: IncomingRequest) => Promise<LegacyKeyCaller> {
  if (!wire || !authenticateLegacyKey)
    throw new Error("A compat route needs its wire, and keys to be found by");

  return async (request) => {
    const carried = await wire.findSecret({
      header: request.header,
      readBody: () => readBodyIfAny(request, maxBodyBytes),
    });
    if (!carried) {
      throw new MusterError("unauthenticated", "This request needs a credential, and it carried none.");
    }
    const caller = await authenticateLegacyKey(wire.system, carried.secret);
    const origin = request.header("origin");
    // Scripts with a cookie jar send no Origin; a browser always does, and its cookie is not sent along by other sites.
    if (carried.isFromCookie && origin !== undefined) {
      checkOrigin({ method: request.method, origin }, allowedOrigins);
    }
    return caller;
  };
}

/** What is malformed proves nobody, and is refused as the input that it is when the secret came by another way. */
async function readBodyIfAny(request: IncomingRequest, maxBytes: number): Promise<unknown> {
  if (request.method === "GET" || request.method === "HEAD") return undefined;
  const bytes = await request.readBytes(maxBytes);
  try {
    return readJson(bytes);
  } catch (error) {
    if (error instanceof MusterError) return undefined;
    throw error;
  }
}
