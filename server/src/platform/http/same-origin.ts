import { MusterError } from "../errors.ts";

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses an unsafe request with a session cookie that another site's page could have sent. Browsers send Origin with every
 * unsafe request, so one without it is refused as well.
 */
export function checkOrigin(
  { method, origin }: { method: string; origin: string | undefined },
  allowedOrigins: ReadonlySet<string>,
): void {
  if (SAFE_METHODS.has(method)) return;
  if (origin !== undefined && allowedOrigins.has(origin)) return;
  throw new MusterError(
    "forbidden",
    "This request did not come from a page of this server. If it did, MUSTER_PUBLIC_URL is not the address in use.",
  );
}

/** Origins whose pages may act: the public URL's, and this computer's own names while the server listens on loopback. */
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
