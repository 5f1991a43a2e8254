import type { Logger as PinoLogger } from "pino";

/** Structured log. Fields first, then a short sentence; never a secret in either. */
export type Logger = PinoLogger;
