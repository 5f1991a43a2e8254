import type { Clock } from "../../platform/ports.ts";
import type { AtFaultPoint } from "../actions/fault-points.ts";
import { type Log, messageOf } from "../log.ts";
import type { StateFiles } from "../state/state-files.ts";
import { createSerialQueue } from "../serial-queue.ts";
import type { ChangeSignal } from "./change-signal.ts";
import { type InboxEntry, isEntry, newReceipt, type Receipt, receiptOf } from "./inbox-entry.ts";

const MAX_MESSAGES = 200;
const KEPT_MS = 30 * 86_400_000;

export type NewMessage = Omit<InboxEntry, "receipts" | "openUntilMs" | "pressed" | "isWithdrawn">;

/**
 * Every message to users of this machine. Changes apply immediately and resolve when they are on the disk. When the disk accepts none,
 * the log says so, and the changes are lost at the next restart.
 */
export type Inbox = {
  /** Oldest first. */
  entries(): readonly InboxEntry[];
  find(id: string): InboxEntry | undefined;
  /** A known message is left as it is. @param openUntilMs until when users are waited for, null when nobody is */
  add(message: NewMessage, users: readonly string[], openUntilMs: number | null): Promise<void>;
  /** Stores what became of it for one user, and adds them to its receivers. */
  note(id: string, user: string, change: Partial<Omit<Receipt, "user">>): Promise<void>;
  /** Reads the file again. */
  reload(): Promise<void>;
  change(
    id: string,
    change: Partial<Pick<InboxEntry, "openUntilMs" | "pressed" | "isWithdrawn">>,
  ): Promise<void>;
};

type Deps = {
  files: StateFiles;
  path: string;
  clock: Clock;
  changes: ChangeSignal;
  at: AtFaultPoint;
  log: Log;
};

/** Reads what earlier runs kept. Never rejects: an inbox that cannot be read starts empty, which `files` says. */
export async function openInbox({ files, path, clock, changes, at, log }: Deps): Promise<Inbox> {
  const serially = createSerialQueue();
  let entries = await load();

  async function load(): Promise<InboxEntry[]> {
    return (await files.readState<InboxEntry[]>(path, (content) => content.every(isEntry))) ?? [];
  }

  async function save(): Promise<void> {
    changes.notify();
    await serially(() => files.replace(path, JSON.stringify(entries), { sync: true })).catch(
      (error: unknown) => log.error(`The inbox could not be stored: ${messageOf(error)}`),
    );
  }

  function replace(id: string, change: (entry: InboxEntry) => InboxEntry): Promise<void> {
    entries = entries.map((entry) => (entry.id === id ? change(entry) : entry));
    return save();
  }

  return {
    entries: () => entries,
    reload: () =>
      serially(async () => {
        entries = await load();
        changes.notify();
      }),
    find: (id) => entries.find((entry) => entry.id === id),
    async add(message, users, openUntilMs) {
      if (entries.some(({ id }) => id === message.id)) return;
      const oldestMs = clock.wallMs() - KEPT_MS;
      const kept = entries.filter(({ receivedAtMs }) => receivedAtMs > oldestMs).slice(1 - MAX_MESSAGES);
      const receipts = users.map(newReceipt);
      entries = [...kept, { ...message, receipts, openUntilMs, pressed: null, isWithdrawn: false }];
      await save();
      at("message-stored");
    },
    async note(id, user, change) {
      await replace(id, (entry) => {
        const receipt = { ...(receiptOf(entry, user) ?? newReceipt(user)), ...change };
        const others = entry.receipts.filter((other) => other.user !== user);
        return { ...entry, receipts: [...others, receipt] };
      });
      at("message-noted");
    },
    change: (id, change) => replace(id, (entry) => ({ ...entry, ...change })),
  };
}
