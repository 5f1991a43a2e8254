import type { ServerContext } from "./server-context.ts";

/** One request as an endpoint sees it, independent of its transport. */
export type IncomingRequest = {
  method: string;
  header: (this: void, name: string) => string | undefined;
  params: Record<string, string>;
  /** The query string, without its question mark. */
  search: string;
  /** Address of the client, after trusted proxies. */
  address: string;
  readBytes(maxBytes: number): Promise<Buffer>;
  /** Aborted when the client goes away. */
  signal(): AbortSignal;
  context(): ServerContext;
};

/** The same request, whose body can be read more than once: for credentials in the body. */
export function withCachedBody(request: IncomingRequest): IncomingRequest {
  let bytes: Promise<Buffer> | undefined;
  return {
    ...request,
    readBytes(maxBytes) {
      bytes ??= request.readBytes(maxBytes);
      return bytes;
    },
  };
}
