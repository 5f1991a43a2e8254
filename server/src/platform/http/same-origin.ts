import { MusterError } from "../errors.ts";
import type { RouteDefinition } from "./route.ts";

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

type Request = { method: string; header(name: string): string | undefined };

/**
 * Tells whether the cookies of a request count. A request that changes something must come from a page of this server: browsers send
 * Origin, or at least Sec-Fetch-Site, with it. Without either it comes from a program, whose cookies do not count. Throws
 * `forbidden` for a page of another site.
 */
export function checkOrigin(
  request: Request,
  { changesState }: Pick<RouteDefinition, "changesState">,
  allowedOrigins: ReadonlySet<string>,
): boolean {
  if (!(changesState ?? !SAFE_METHODS.has(request.method))) return true;
  const origin = request.header("origin");
  if (origin !== undefined) {
    if (allowedOrigins.has(origin)) return true;
    throw foreignOrigin();
  }
  const site = request.header("sec-fetch-site");
  if (site === undefined) return false;
  if (site === "same-origin") return true;
  throw foreignOrigin();
}

/** The error for a request whose only credential is a cookie that does not count. */
export function foreignOrigin(): MusterError {
  return new MusterError(
    "forbidden",
    "This request did not come from a page of this server. If it did, set MUSTER_PUBLIC_URL to the address in use.",
  );
}

/**
 * Origins whose pages may change something: that of the public URL, and local names while the server listens on loopback. `addresses`: this
 * computer's own, where no public URL is configured and each of them may be in use.
 */
export function serverOrigins({
  publicUrl,
  port,
  isLoopback,
  addresses = [],
}: {
  publicUrl: string;
  port: number;
  isLoopback: boolean;
  addresses?: readonly string[];
}) {
  const origins = new Set([new URL(publicUrl).origin]);
  const names = isLoopback || addresses.length > 0 ? ["localhost", "127.0.0.1", "[::1]"] : [];
  names.push(...addresses.map((address) => (address.includes(":") ? `[${address}]` : address)));
  for (const scheme of ["http", "https"]) {
    for (const name of names) {
      origins.add(new URL(`${scheme}://${name}:${port}`).origin);
    }
  }
  return origins;
}
