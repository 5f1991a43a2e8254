import { MusterError } from "../errors.ts";
import type { LegacyKeyCaller } from "./caller.ts";
import type { LegacyWire } from "./legacy-wire.ts";
import type { EndpointOptions } from "./endpoint-options.ts";
import type { IncomingRequest } from "./incoming-request.ts";
import { readJson } from "./request-body.ts";
import { foreignOrigin } from "./same-origin.ts";

type Options = Pick<EndpointOptions, "authenticateLegacyKey">;

/** Identifies clients of a legacy system. Throws `unauthenticated` without a valid secret, `forbidden` for a cookie that does not count. */
export function createLegacyIdentification(
  wire: LegacyWire | undefined,
  maxBodyBytes: number,
  { authenticateLegacyKey }: Options,
): (request: IncomingRequest, hasCookies: boolean) => Promise<LegacyKeyCaller> {
  if (!wire || !authenticateLegacyKey)
    throw new Error("A legacy route needs a wire and authenticateLegacyKey.");

  return async (request, hasCookies) => {
    const found = await wire.findSecret({
      header: request.header,
      readBody: () => readBodyIfAny(request, maxBodyBytes),
    });
    if (!found) {
      throw new MusterError("unauthenticated", "This request needs a credential but has none.");
    }
    if (found.isFromCookie && !hasCookies) throw foreignOrigin();
    return authenticateLegacyKey(wire.system, found.secret);
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
