import { escapeUnsafeCharacters } from "@muster/shared/unsafe-characters.ts";
import pino, { type DestinationStream, type Logger as PinoLogger } from "pino";
import { redactFields, redactValue } from "./redact-secrets.ts";

/** Structured log. Fields first, then a short sentence; never a secret in either. */
export type Logger = PinoLogger;

/** Creates a logger that conceals secrets and writes each line to all of `outputs`. */
export function createLogger({
  level,
  outputs,
}: {
  level: string;
  outputs: readonly DestinationStream[];
}): Logger {
  const logger = pino(
    {
      level,
      base: null,
      formatters: { log: redactFields },
      // Errors are fields already when serializers run.
      serializers: { err: (error: unknown) => error },
      hooks: {
        logMethod(given, method) {
          Reflect.apply(method, this, redactArguments(given));
        },
      },
    },
    {
      write(line: string) {
        // What controls a terminal is written as an escape, so that a log file can be printed.
        const safe = escapeUnsafeCharacters(line);
        for (const output of outputs) output.write(safe);
      },
    },
  );
  const createChild = logger.child;
  // Pino writes the fields of a child logger as they are, past its formatters. Children of children inherit this.
  return Object.assign(logger, {
    child(this: Logger, bindings: Record<string, unknown>, options?: object) {
      return Reflect.apply(createChild, this, [redactFields(bindings), options]);
    },
  });
}

/** The arguments of a call: fields, message and its parameters. The fields are redacted later, together with those of the logger. */
function redactArguments([first, ...rest]: readonly unknown[]): unknown[] {
  if (typeof first !== "object" || first === null) return [first, ...rest].map(redactValue);
  const fields = first instanceof Error ? { err: first } : first;
  const error = "err" in fields ? fields.err : undefined;
  // Pino takes a missing message from the error, after this hook.
  const message = rest.length === 0 && error instanceof Error ? [error.message] : rest;
  return [fields, ...message.map(redactValue)];
}
