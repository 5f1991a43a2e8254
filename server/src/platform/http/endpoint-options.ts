import type { Clock } from "../clock.ts";
import type { Idempotency } from "../idempotency/idempotency.ts";
import type { Logger } from "../logging/logger.ts";
import type { Authenticate, AuthenticateLegacyKey, DeviceCaller } from "./caller.ts";
import type { RequestLimits } from "./request-limits.ts";
import type { RouteDefinition } from "./route.ts";

/** Options that all endpoints of a server share. */
export type EndpointOptions = {
  authenticate: Authenticate;
  /** Faster authentication of devices, from a cache; `authenticate` is used when absent. */
  authenticateDevice?: (bearer: string) => DeviceCaller | Promise<DeviceCaller>;
  /** Absent when there are no legacy routes. */
  authenticateLegacyKey?: AuthenticateLegacyKey;
  limits: RequestLimits;
  allowedOrigins: ReadonlySet<string>;
  clock: Clock;
  log: Logger;
  makeRequestId?: () => string;
  /** True outside production: an answer that does not match its schema is an error. */
  checksAnswers: boolean;
  /** True when browsers are to use HTTPS alone from now on. */
  isHttps: boolean;
  /** Performs requests with an `Idempotency-Key` once; absent in tests of single routes. */
  idempotency?: Pick<Idempotency, "perform">;
  /** Called after every answered request. */
  observe?: (definition: RouteDefinition, status: number, durationMs: number) => void;
};
