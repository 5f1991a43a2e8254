import type { ActionEnd, ActionOrder } from "@muster/shared/contracts/action-delivery.ts";
import type { Clock, FilePort } from "../../platform/ports.ts";
import { createSerialQueue } from "../serial-queue.ts";
import {
  encodeLine,
  foldLine,
  foldLines,
  type JournalEntry,
  type JournalLine,
  linesOf,
} from "./journal-entry.ts";

/**
 * What decides whether an action may be started: each step is on the disk before the next is taken. Every function that writes
 * rejects when the disk does not take it; then nothing may be done.
 */
export type ActionJournal = {
  /** Reads what earlier runs left. Rejects when it cannot be read: then nothing can be written either. */
  load(): Promise<void>;
  find(id: string): JournalEntry | undefined;
  /** Actions of this device whose end the server may not have, and reboots that may yet come back. */
  open(): JournalEntry[];
  /** Every action of this device that is known here, oldest first. */
  all(): JournalEntry[];
  accepted(order: ActionOrder): Promise<JournalEntry>;
  started(id: string, bootId: string): Promise<void>;
  ended(id: string, bootId: string, end: ActionEnd): Promise<void>;
  reported(id: string, isTaken: boolean): Promise<void>;
};

/** From this size on the file is rewritten without entries that are no longer needed. */
const COMPACT_FROM_BYTES = 1_048_576;
/** Longer than any action is valid (30 days), so that what was started here is known as long as anybody may order it again. */
const KEPT_MS = 31 * 86_400_000;
/** Results that the server has are not kept beyond this length. */
const MAX_KEPT_RESULT_LENGTH = 2000;

type Deps = { files: FilePort; path: string; clock: Clock; deviceId: string };

export function createActionJournal({ files, path, clock, deviceId }: Deps): ActionJournal {
  const serially = createSerialQueue();
  let entries: Map<string, JournalEntry> | null = null;
  let sizeBytes = 0;
  let compactAtBytes = COMPACT_FROM_BYTES;
  let isTailTorn = false;

  async function load(): Promise<Map<string, JournalEntry>> {
    if (entries) return entries;
    const text = (await files.read(path)) ?? "";
    sizeBytes = Buffer.byteLength(text);
    isTailTorn = text !== "" && !text.endsWith("\n");
    entries = foldLines(text);
    for (const entry of entries.values()) forgetResult(entry);
    return entries;
  }

  async function append(line: JournalLine, sync: boolean): Promise<JournalEntry> {
    const known = await load();
    // What a failed write or a crash left must not swallow this line.
    const text = (isTailTorn ? "\n" : "") + encodeLine(line);
    isTailTorn = true;
    await files.append(path, text, { sync });
    isTailTorn = false;
    sizeBytes += Buffer.byteLength(text);
    foldLine(known, line);
    const entry = known.get(line.id);
    if (!entry) throw new Error(`The journal has no action ${line.id}.`);
    return entry;
  }

  /** After the last line of an action, when nothing waits for the disk. */
  async function compact(): Promise<void> {
    if (!entries || sizeBytes < compactAtBytes) return;
    const oldestMs = clock.wallMs() - KEPT_MS;
    const kept = [...entries.values()].filter((entry) => !entry.reported || lastNeededMs(entry) > oldestMs);
    const text = kept.flatMap(linesOf).map(encodeLine).join("");
    await files.replace(path, text, { sync: true });
    entries = new Map(kept.map((entry) => [entry.id, entry]));
    sizeBytes = Buffer.byteLength(text);
    isTailTorn = false;
    compactAtBytes = Math.max(COMPACT_FROM_BYTES, 2 * sizeBytes);
  }

  const own = () => [...(entries?.values() ?? [])].filter((entry) => entry.deviceId === deviceId);

  return {
    load: () => serially(async () => void (await load())),
    find: (id) => entries?.get(id),
    open: () => own().filter(isOpen),
    all: own,
    accepted: ({ actionId: id, type, payload, validUntil, nonce, askedBy }) =>
      serially(() => {
        const order = { deviceId, type, payload, validUntil, nonce, askedBy };
        return append({ is: "accepted", id, at: clock.wallMs(), ...order }, true);
      }),
    started: (id, bootId) =>
      serially(async () => {
        const sinceBootMs = clock.sinceBootMs();
        await append({ is: "started", id, at: clock.wallMs(), bootId, sinceBootMs }, true);
      }),
    ended: (id, bootId, end) =>
      serially(async () => void (await append({ is: "ended", id, at: clock.wallMs(), bootId, end }, true))),
    reported: (id, isTaken) =>
      serially(async () => {
        forgetResult(await append({ is: "reported", id, at: clock.wallMs(), isTaken }, false));
        await compact();
      }),
  };
}

/** Whether a reboot ended as not back, which a later boot puts right. */
export function mayComeBack({ ended }: JournalEntry): boolean {
  return ended?.end.outcome === "error" && ended.end.code === "not-back";
}

function isOpen(entry: JournalEntry): boolean {
  return entry.reported === null || mayComeBack(entry);
}

function lastNeededMs({ validUntil, reported }: JournalEntry): number {
  return Math.max(validUntil, reported?.atMs ?? 0);
}

function forgetResult({ reported, ended }: JournalEntry): void {
  if (!reported || ended?.end.outcome !== "done") return;
  if (JSON.stringify(ended.end.result).length > MAX_KEPT_RESULT_LENGTH)
    ended.end = { ...ended.end, result: {} };
}
