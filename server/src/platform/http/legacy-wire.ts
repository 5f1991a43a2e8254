import type { MusterError } from "../errors.ts";

/** The secret of a legacy client's request, and whether a browser may have sent it automatically. */
export type LegacySecret = { secret: string; isFromCookie: boolean };

/** How clients of one legacy system authenticate, and what their errors look like. Implemented in compat. */
export type LegacyWire = {
  /** Name of the legacy system. A key works on the routes of the system that it was created for. */
  system: string;
  /** The secret of a request, null without one. `readBody` gives the parsed body, undefined where there is none to parse. */
  findSecret(request: {
    header: (name: string) => string | undefined;
    readBody: () => Promise<unknown>;
  }): Promise<LegacySecret | null>;
  /** Status and body of a failure. */
  failureOf(error: MusterError): { status: 400 | 403 | 404 | 409 | 413 | 429 | 500 | 503; body: unknown };
};
