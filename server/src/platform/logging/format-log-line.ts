import { escapeUnsafeCharacters } from "@muster/shared/unsafe-characters.ts";
import { z } from "zod";

const LEVELS: Record<number, string> = {
  10: "trace",
  20: "debug",
  30: "info",
  40: "WARN",
  50: "ERROR",
  60: "FATAL",
};

const Line = z.looseObject({
  level: z.number(),
  time: z.number(),
  msg: z.string().optional(),
  err: z.looseObject({ message: z.string().optional(), stack: z.string().optional() }).optional(),
});

/**
 * Formats a JSON line of the log for a terminal: time of day, level, message, fields. Control characters are escaped, so that no
 * value can begin a new line or control the terminal. Only a stack has several lines.
 */
export function formatLogLine(json: string): string {
  const parsed = Line.safeParse(JSON.parse(json));
  if (!parsed.success) return json;
  const { level, time, msg = "", err, pid: _pid, hostname: _hostname, ...fields } = parsed.data;
  const clockTime = new Date(time).toTimeString().slice(0, 8);
  const shown = Object.entries(fields).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  const head = [clockTime, (LEVELS[level] ?? String(level)).padEnd(5), msg, ...shown].join(" ");
  const stack = (err?.stack ?? err?.message)
    ?.split("\n")
    .map((line) => `    ${escapeUnsafeCharacters(line)}\n`);
  return `${escapeUnsafeCharacters(head)}\n${stack?.join("") ?? ""}`;
}
