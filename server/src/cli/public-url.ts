import type { Configuration } from "../platform/config/configuration.ts";

/** Where browsers and agents reach the server: as configured, else this computer and the port. */
export function publicUrlOf({ publicUrl, port, tls }: Configuration): string {
  return publicUrl ?? `${tls === null ? "http" : "https"}://localhost:${port}`;
}
