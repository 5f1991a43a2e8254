import { cleanLine } from "../../collectors/clean-line.ts";
import { type Log, messageOf } from "../log.ts";
import type { StateFiles } from "../state/state-files.ts";
import type { Statements } from "./statements.ts";

const MAX_UNSENT = 200;

type UnsentReceipt = { id: string; user: string };

/** Messages that were read, until the server knows it: also over a restart, and after the action has ended. */
export type ReadReceipts = {
  add(id: string, user: string): Promise<void>;
  /** Tells what the server does not know. Called whenever it can be reached. */
  send(): Promise<void>;
};

type Deps = { files: StateFiles; path: string; statements: Pick<Statements, "progress">; log: Log };

/** Rejects when the disk cannot be read. */
export async function openReadReceipts({ files, path, statements, log }: Deps): Promise<ReadReceipts> {
  let unsent = (await files.readState<UnsentReceipt[]>(path, isWhole)) ?? [];
  let sending: Promise<void> | null = null;

  async function save(): Promise<void> {
    const stored =
      unsent.length === 0 ? files.remove(path) : files.replace(path, JSON.stringify(unsent), { sync: true });
    await stored.catch((error: unknown) =>
      log.warn(`That a message was read could not be stored: ${messageOf(error)}`),
    );
  }

  async function sendAll(): Promise<void> {
    for (let read = unsent[0]; read !== undefined; read = unsent[0]) {
      const note = cleanLine(read.user, 120) ?? null;
      const outcome = await statements.progress(read.id, { step: "read", until: null, note });
      if (outcome.kind !== "taken" && outcome.kind !== "refused") return;
      unsent = unsent.slice(1);
      await save();
    }
  }

  function send(): Promise<void> {
    sending ??= sendAll().finally(() => {
      sending = null;
    });
    return sending;
  }

  return {
    async add(id, user) {
      unsent = [...unsent, { id, user }].slice(-MAX_UNSENT);
      await save();
      await send();
    },
    send,
  };
}

function isWhole(content: UnsentReceipt[]): boolean {
  return content.every(({ id, user }) => typeof id === "string" && typeof user === "string");
}
