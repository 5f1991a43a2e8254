import { MusterError } from "../errors.ts";

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Rejects an unsafe request with a session cookie that a page of another site could have sent. Browsers send Origin with every unsafe
 * request, so one without it is rejected as well.
 */
export function checkOrigin(
  { method, origin }: { method: string; origin: string | undefined },
  allowedOrigins: ReadonlySet<string>,
): void {
  if (SAFE_METHODS.has(method)) return;
  if (origin !== undefined && allowedOrigins.has(origin)) return;
  throw new MusterError(
    "forbidden",
    "This request did not come from a page of this server. If it did, set MUSTER_PUBLIC_URL to the address in use.",
  );
}

/** Origins whose pages may send unsafe requests: that of the public URL, and local names while the server listens on loopback. */
export function serverOrigins({
  publicUrl,
  port,
  isLoopback,
}: {
  publicUrl: string;
  port: number;
  isLoopback: boolean;
}) {
  const origins = new Set([new URL(publicUrl).origin]);
  if (isLoopback) {
    for (const scheme of ["http", "https"]) {
      for (const name of ["localhost", "127.0.0.1", "[::1]"]) {
        origins.add(new URL(`${scheme}://${name}:${port}`).origin);
      }
    }
  }
  return origins;
}
