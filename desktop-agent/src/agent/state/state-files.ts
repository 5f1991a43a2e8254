import { basename } from "node:path";
import type { DeviceFault } from "@muster/shared/contracts/report.ts";
import { cleanLine } from "../../collectors/clean-line.ts";
import type { FilePort } from "../../platform/ports.ts";
import { messageOf } from "../log.ts";
import type { AgentHome } from "./agent-home.ts";
import { parseStored } from "./state-file.ts";

/** Reads a state file; null when there is none, or none that is whole. */
export type ReadState = <Content>(
  path: string,
  isWhole: (content: Content) => boolean,
) => Promise<Content | null>;

/**
 * The files of the home folder, where a damaged one never ends the agent: what is in the way of a state file, or cannot be read, is
 * moved aside under the name `*.damaged` and the agent goes on without it. The identity, the device's key and the journal of
 * actions are never moved, and planned reboots only by newer ones: losing them silently would be worse.
 */
export type StateFiles = FilePort & {
  readState: ReadState;
  /** Adds a file that cannot be used to the faults of this run. */
  noteDamage(path: string, reason: string): void;
  /** What was damaged in this run, each file once, the newest last. */
  faults(): DeviceFault[];
};

type Options = { files: FilePort; home: AgentHome; warn: (message: string) => void };

const MAX_FAULTS = 10;
const MAX_LENGTH = 200;
/** Where a file has the place of a folder, or a folder that of a file. */
const IN_THE_WAY = ["EISDIR", "ENOTDIR", "EEXIST", "ENOTEMPTY", "ELOOP"];

export function createStateFiles({ files, home, warn }: Options): StateFiles {
  const damaged = new Map<string, DeviceFault>();
  const replaceable = replaceablePaths(home);
  const mayMove = (path: string) => replaceable.has(path) || isBelow(path, [home.spool, home.logs]);
  const mayOverwrite = (path: string) => mayMove(path) || path === home.reboots;

  function noteDamage(path: string, reason: string): void {
    damaged.delete(path);
    const subject = cleanLine(path, MAX_LENGTH) ?? basename(path);
    damaged.set(path, { kind: "damaged-file", subject, detail: cleanLine(reason, MAX_LENGTH) ?? null });
  }

  async function moveAside(path: string, reason: string): Promise<void> {
    noteDamage(path, reason);
    const aside = `${path}.damaged`;
    try {
      await files.remove(aside);
      await files.rename(path, aside);
      warn(`${path} is damaged and was moved to ${aside}: ${reason}`);
    } catch (error) {
      warn(`${path} is damaged (${reason}) and cannot be moved aside: ${messageOf(error)}`);
    }
  }

  /** Once more without what was in the way. */
  async function clearing(path: string, write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      if (!mayOverwrite(path) || !IN_THE_WAY.includes(codeOf(error))) throw error;
      await moveAside(path, messageOf(error));
      await write();
    }
  }

  async function read(path: string): Promise<string | null> {
    try {
      return await files.read(path);
    } catch (error) {
      if (!mayMove(path)) throw error;
      await moveAside(path, messageOf(error));
      return null;
    }
  }

  return {
    ...files,
    remove: (path) => files.remove(path),
    read,
    makeFolder: (path) => clearing(path, () => files.makeFolder(path)),
    replace: (path, text, options) => clearing(path, () => files.replace(path, text, options)),
    append: (path, text, options) => clearing(path, () => files.append(path, text, options)),
    async readState<Content>(path: string, isWhole: (content: Content) => boolean) {
      const text = await read(path);
      const content = parseStored(text, isWhole);
      if (text !== null && content === null) await moveAside(path, "its content is damaged");
      return content;
    },
    noteDamage,
    faults: () => [...damaged.values()].slice(-MAX_FAULTS),
  };
}

/** As a command reads a state file beside a running agent: it moves nothing. */
export function stateReaderOf(files: FilePort): ReadState {
  return async (path, isWhole) => parseStored(await files.read(path).catch(() => null), isWhole);
}

function replaceablePaths(home: AgentHome): ReadonlySet<string> {
  const { outbox, policy, hour, pause, inbox, unsentReadReceipts, support, status, lock, spool, logs } = home;
  return new Set([
    outbox,
    policy,
    hour,
    pause,
    inbox,
    unsentReadReceipts,
    support,
    status,
    lock,
    spool,
    logs,
  ]);
}

const isBelow = (path: string, folders: readonly string[]) =>
  folders.some((folder) => path.startsWith(folder) && /^[/\\]/.test(path.slice(folder.length)));

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
