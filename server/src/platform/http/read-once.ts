import type { IncomingRequest } from "./incoming-request.ts";

/** The same request, whose body may be asked for more than once: for credentials that travel in it. */
export function readOnce(request: IncomingRequest): IncomingRequest {
  let bytes: Promise<Buffer> | undefined;
  return {
    ...request,
    readBytes(maxBytes) {
      bytes ??= request.readBytes(maxBytes);
      return bytes;
    },
  };
}
