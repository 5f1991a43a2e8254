import { explainError } from "@muster/shared/system-errors.ts";

export type LogLevel = "debug" | "info" | "warn" | "error";

/** One line per event: what happened, in plain English, for the user of the machine. */
export type Log = Record<LogLevel, (message: string) => void>;

const RANK: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3 };
const MAX_MESSAGE_LENGTH = 2000;
// Control characters could forge lines or drive a terminal; lone surrogates would not survive the file.
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]|\p{Surrogate}/gu;
// Every secret of Muster is a prefix and 43 characters.
const SECRET = /\bm[a-z]_[A-Za-z0-9_-]{20,}/g;

type Options = { level: LogLevel; wallMs: () => number; write: (line: string, level: LogLevel) => void };

/** Makes readable lines without secrets and control characters: `2026-11-20T10:02:00.400Z INFO  message`. */
export function createLog({ level, wallMs, write }: Options): Log {
  function at(own: LogLevel) {
    return (message: string) => {
      if (RANK[own] < RANK[level]) return;
      const instant = new Date(wallMs()).toISOString();
      write(`${instant} ${own.toUpperCase().padEnd(5)} ${printable(message)}`, own);
    };
  }
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

export function printable(text: string): string {
  return text.slice(0, MAX_MESSAGE_LENGTH).replace(UNPRINTABLE, "\ufffd").replace(SECRET, "[secret]");
}

/** The message of whatever was thrown; errors of the system are explained. */
export function messageOf(error: unknown): string {
  return explainError(error);
}
