import pino, { type DestinationStream, type Logger as PinoLogger } from "pino";
import { REDACTED_PATHS, redactSecrets } from "./redact-secrets.ts";

/** Structured log. Fields first, then a short sentence; never a secret in either. */
export type Logger = PinoLogger;

/** Creates a logger that redacts secrets and writes each line to all of `outputs`. */
export function createLogger({
  level,
  outputs,
}: {
  level: string;
  outputs: readonly DestinationStream[];
}): Logger {
  return pino(
    {
      level,
      base: null,
      redact: { paths: REDACTED_PATHS, censor: "[redacted]" },
      // Request ids and errors are fields; a whole request or response is never one.
      serializers: { err: pino.stdSerializers.err },
    },
    {
      write(line: string) {
        const safe = redactSecrets(line);
        for (const output of outputs) output.write(safe);
      },
    },
  );
}
