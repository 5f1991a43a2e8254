import type { Clock } from "../clock.ts";
import type { Logger } from "../logging/logger.ts";
import type { Authenticate, AuthenticateLegacyKey, DeviceCaller } from "./caller.ts";
import type { RequestLimits } from "./request-limits.ts";
import type { RouteDefinition } from "./route.ts";

/** What every endpoint of a server shares. */
export type EndpointOptions = {
  authenticate: Authenticate;
  /** A quicker way for devices' credentials, from a cache; `authenticate` where absent. */
  authenticateDevice?: (bearer: string) => DeviceCaller | Promise<DeviceCaller>;
  /** Absent where no older system's routes are. */
  authenticateLegacyKey?: AuthenticateLegacyKey;
  limits: RequestLimits;
  allowedOrigins: ReadonlySet<string>;
  clock: Clock;
  log: Logger;
  makeRequestId?: () => string;
  /** True outside production: an answer that does not fit its schema is a failure. */
  checksAnswers: boolean;
  /** True where the public address is https. */
  isHttps: boolean;
  /** Told of every answered request. */
  observe?: (definition: RouteDefinition, status: number, durationMs: number) => void;
};
