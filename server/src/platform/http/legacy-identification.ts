import { MusterError } from "../errors.ts";
import type { LegacyKeyCaller } from "./caller.ts";
import type { LegacyWire } from "./legacy-wire.ts";
import type { EndpointOptions } from "./endpoint-options.ts";
import type { IncomingRequest } from "./incoming-request.ts";
import { readJson } from "./request-body.ts";
import { checkOrigin } from "./same-origin.ts";

type Options = Pick<EndpointOptions, "authenticateLegacyKey" | "allowedOrigins">;

/** Identifies clients of a legacy system. Throws `unauthenticated` without a valid secret. */
export function createLegacyIdentification(
  wire: LegacyWire | undefined,
  maxBodyBytes: number,
  { authenticateLegacyKey, allowedOrigins }: Options,
): (request: IncomingRequest) => Promise<LegacyKeyCaller> {
  if (!wire || !authenticateLegacyKey)
    throw new Error("A legacy route needs a wire and authenticateLegacyKey.");

  return async (request) => {
    const found = await wire.findSecret({
      header: request.header,
      readBody: () => readBodyIfAny(request, maxBodyBytes),
    });
    if (!found) {
      throw new MusterError("unauthenticated", "This request needs a credential but has none.");
    }
    const caller = await authenticateLegacyKey(wire.system, found.secret);
    const origin = request.header("origin");
    // Scripts with a cookie jar send no Origin. A browser always does.
    if (found.isFromCookie && origin !== undefined) {
      checkOrigin({ method: request.method, origin }, allowedOrigins);
    }
    return caller;
  };
}

/** A malformed body contains no secret. If the secret came in another way, the body is rejected later as input. */
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
