/** Levels of the agent's log, least severe first. */
export const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** One line of the log. `level` and `atMs` are null when the line has none. */
export type LogLine = { raw: string; atMs: number | null; level: LogLevel | null; text: string };

const LINE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z) (DEBUG|INFO|WARN|ERROR) +(.*)$/;
// Control characters have no defined width, and direction marks would reorder the text around them.
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** The lines of a chunk of the log, which ends at a line end. */
export function splitLog(text: string): LogLine[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines.map(readLine);
}

function readLine(line: string): LogLine {
  const raw = line.replace(INVISIBLE, "\ufffd");
  const [, instant, level, text] = LINE.exec(raw) ?? [];
  const atMs = instant === undefined ? Number.NaN : Date.parse(instant);
  if (level === undefined || text === undefined || Number.isNaN(atMs)) {
    return { raw, atMs: null, level: null, text: raw };
  }
  return { raw, atMs, level: LOG_LEVELS.find((name) => name === level.toLowerCase()) ?? null, text };
}

/** Whether a line is at least as severe as `least`. A line without a level counts as information. */
export function isShown(line: LogLine, least: LogLevel): boolean {
  return LOG_LEVELS.indexOf(line.level ?? "info") >= LOG_LEVELS.indexOf(least);
}

/** As many of the newest lines as fit into `max` characters, joined by line ends. */
export function newestThatFit(lines: readonly string[], max: number): { text: string; count: number } {
  let size = 0;
  let from = lines.length;
  while (from > 0) {
    size += (lines[from - 1]?.length ?? 0) + 1;
    if (size > max) break;
    from -= 1;
  }
  const fitting = lines.slice(from);
  return { text: fitting.join("\n"), count: fitting.length };
}
