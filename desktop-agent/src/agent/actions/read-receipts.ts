import { cleanLine } from "../../collectors/clean-line.ts";
import type { FilePort } from "../../platform/ports.ts";
import { type Log, messageOf } from "../log.ts";
import { parseOwn } from "../state/state-file.ts";
import type { Statements } from "./statements.ts";

const MOST_UNTOLD = 200;

type Untold = { id: string; user: string };

/** Messages that were read, until the server knows it: also over a restart, and after the action has ended. */
export type ReadReceipts = {
  add(id: string, user: string): Promise<void>;
  /** Tells what the server does not know. Called whenever it can be reached. */
  tell(): Promise<void>;
};

type Deps = { files: FilePort; path: string; statements: Pick<Statements, "progress">; log: Log };

/** Rejects when the disk cannot be read. */
export async function openReadReceipts({ files, path, statements, log }: Deps): Promise<ReadReceipts> {
  let untold = parseOwn<Untold[]>(await files.read(path), isWhole) ?? [];
  let telling: Promise<void> | null = null;

  async function save(): Promise<void> {
    const stored =
      untold.length === 0 ? files.remove(path) : files.replace(path, JSON.stringify(untold), { sync: true });
    await stored.catch((error: unknown) =>
      log.warn(`That a message was read could not be stored: ${messageOf(error)}`),
    );
  }

  async function tellAll(): Promise<void> {
    for (let read = untold[0]; read !== undefined; read = untold[0]) {
      const note = cleanLine(read.user, 120) ?? null;
      const outcome = await statements.progress(read.id, { step: "read", until: null, note });
      if (outcome.kind !== "taken" && outcome.kind !== "refused") return;
      untold = untold.slice(1);
      await save();
    }
  }

  function tell(): Promise<void> {
    telling ??= tellAll().finally(() => {
      telling = null;
    });
    return telling;
  }

  return {
    async add(id, user) {
      untold = [...untold, { id, user }].slice(-MOST_UNTOLD);
      await save();
      await tell();
    },
    tell,
  };
}

function isWhole(content: Untold[]): boolean {
  return content.every(({ id, user }) => typeof id === "string" && typeof user === "string");
}
