import type { ActionEnd, ActionOrder } from "@muster/shared/contracts/action-delivery.ts";
import { parseStored } from "../state/state-file.ts";

/**
 * What this device knows of one action.
 *
 *   accepted --server agrees---> started --> ended --> reported
 *       +------ server refuses --------------^  ^-----------+  a reboot that came back late, once
 *       +------ a damaged line follows ------^  it may be that of the start: never run, ended as interrupted
 */
export type JournalEntry = {
  id: string;
  deviceId: string;
  type: string;
  payload: Record<string, unknown>;
  /** By the server's clock, as all of an order. */
  validUntil: number;
  nonce: string;
  /** Who asked for it; null when the order does not name them. */
  askedBy: string | null;
  /** Wall-clock instants of this device, epoch milliseconds. */
  acceptedAtMs: number;
  started: { atMs: number; bootId: string; sinceBootMs: number } | null;
  /** A damaged line after it may be the one that said that it started. */
  mayHaveStarted: boolean;
  ended: { atMs: number; bootId: string; end: ActionEnd } | null;
  /** The server has the end, or will never take it. */
  reported: { atMs: number; isTaken: boolean } | null;
};

/** One line of the journal. */
export type JournalLine =
  | ({ is: "accepted"; at: number } & Pick<
      ActionOrder,
      "deviceId" | "type" | "payload" | "validUntil" | "nonce" | "askedBy"
    > & { id: string })
  | { is: "started"; id: string; at: number; bootId: string; sinceBootMs: number }
  | { is: "may-have-started"; id: string }
  | { is: "ended"; id: string; at: number; bootId: string; end: ActionEnd }
  | { is: "reported"; id: string; at: number; isTaken: boolean };

/**
 * Lines as entries in the order in which they were accepted. What follows an unknown id is left out. A torn or damaged line may be the
 * start of what was accepted before it.
 */
export function foldLines(text: string): Map<string, JournalEntry> {
  const entries = new Map<string, JournalEntry>();
  for (const line of text.split("\n")) {
    const read = decodeLine(line);
    if (read) foldLine(entries, read);
    else if (line !== "") foldDamagedLine(entries, line);
  }
  return entries;
}

/** By the start of its text and the id in it, as far as they are left. */
function foldDamagedLine(entries: Map<string, JournalEntry>, line: string): void {
  if (/^\{"is":"(accepted|ended|reported|may-have-started)"/.test(line)) return;
  const named = entries.get(/"id":"([^"]*)"/.exec(line)?.[1] ?? "");
  for (const entry of named ? [named] : entries.values()) {
    if (!entry.started && !entry.ended) entry.mayHaveStarted = true;
  }
}

/** Adds one line to what is known. An action that was never started may be accepted again; a later end replaces an earlier one. */
export function foldLine(entries: Map<string, JournalEntry>, line: JournalLine): void {
  const entry = entries.get(line.id);
  if (line.is === "accepted") {
    if (entry?.started || entry?.mayHaveStarted) return;
    const { id, deviceId, type, payload, validUntil, nonce, askedBy = null, at } = line;
    const rest = { acceptedAtMs: at, started: null, mayHaveStarted: false, ended: null, reported: null };
    entries.delete(id);
    entries.set(id, { id, deviceId, type, payload, validUntil, nonce, askedBy, ...rest });
    return;
  }
  if (!entry) return;
  switch (line.is) {
    case "started":
      entry.started ??= { atMs: line.at, bootId: line.bootId, sinceBootMs: line.sinceBootMs };
      break;
    case "may-have-started":
      entry.mayHaveStarted = true;
      break;
    case "ended":
      entry.ended = { atMs: line.at, bootId: line.bootId, end: line.end };
      entry.reported = null;
      break;
    case "reported":
      entry.reported = { atMs: line.at, isTaken: line.isTaken };
      break;
  }
}

/** The lines that fold to this entry. */
export function linesOf(entry: JournalEntry): JournalLine[] {
  const { id, deviceId, type, payload, validUntil, nonce, started, ended, reported } = entry;
  const asked = entry.askedBy === null ? {} : { askedBy: entry.askedBy };
  const lines: JournalLine[] = [
    { is: "accepted", id, at: entry.acceptedAtMs, deviceId, type, payload, validUntil, nonce, ...asked },
  ];
  if (entry.mayHaveStarted) lines.push({ is: "may-have-started", id });
  if (started) lines.push({ is: "started", id, at: started.atMs, ...bootPositionOf(started) });
  if (ended) lines.push({ is: "ended", id, at: ended.atMs, bootId: ended.bootId, end: ended.end });
  if (reported) lines.push({ is: "reported", id, at: reported.atMs, isTaken: reported.isTaken });
  return lines;
}

export function encodeLine(line: JournalLine): string {
  return `${JSON.stringify(line)}\n`;
}

const bootPositionOf = ({ bootId, sinceBootMs }: NonNullable<JournalEntry["started"]>) => ({
  bootId,
  sinceBootMs,
});

function decodeLine(text: string): JournalLine | null {
  return parseStored<JournalLine>(text, ({ id, is }) => typeof id === "string" && typeof is === "string");
}
