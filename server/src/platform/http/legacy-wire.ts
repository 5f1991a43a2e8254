import type { MusterError } from "../errors.ts";

/** A secret as a request of an older system's client carries it, and whether a browser may have sent it by itself. */
export type LegacySecret = { secret: string; isFromCookie: boolean };

/** How the clients of one older system prove themselves, and how failures look to them. Written in compat. */
export type LegacyWire = {
  /** Name of the older system: a key works on the routes of the system that it was made for. */
  system: string;
  /** The secret of a request, null without one. `readBody` gives the parsed body, undefined where there is none to parse. */
  findSecret(request: {
    header: (name: string) => string | undefined;
    readBody: () => Promise<unknown>;
  }): Promise<LegacySecret | null>;
  /** Status and body of a failure. */
  failureOf(error: MusterError): { status: 400 | 403 | 404 | 409 | 413 | 429 | 500 | 503; body: unknown };
};
