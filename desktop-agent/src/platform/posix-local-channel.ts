import { chmod, lchown, lstat, mkdir, readdir, rmdir, unlink } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import type { LocalChannelPort, OpenChannel } from "./ports/local-channel-port.ts";

const SOCKET = "agent.sock";
const WRITABLE_BY_OTHERS = 0o022;

export type PosixChannelPaths = {
  /** The folder of all channels: /run/muster-agent. */
  base: string;
  /** Programs of which one is there where a service is installed. */
  programs: readonly string[];
  /** The account of this process. */
  ownUid: number;
};

type PosixChannel = Pick<
  LocalChannelPort,
  "canServe" | "removeLeft" | "open" | "connect" | "isServiceInstalled"
>;

/**
 * A socket per user at `<base>/users/<uid>/agent.sock`, on systems with owners and modes. The folders are root's and only root writes
 * in them, so no user can block a path or fill /run; the socket belongs to the user, who alone may connect to it.
 */
export function createPosixChannel({ base, programs, ownUid }: PosixChannelPaths): PosixChannel {
  const users = join(base, "users");

  async function open({ id }: { id: string }, connected: (peer: Duplex) => void): Promise<OpenChannel> {
    if (!/^\d{1,10}$/.test(id)) throw new Error("The id of the account must be a number.");
    for (const folder of [base, users]) await makeFolder(folder, ownUid);
    const folder = join(users, id);
    const socket = join(folder, SOCKET);
    await removeChannel(folder, socket, ownUid);
    // Closed to everybody until the socket has its owner.
    await mkdir(folder, { mode: 0o700 });
    const server = await listen(socket, connected);
    try {
      await chmod(socket, 0o600);
      await lchown(socket, Number(id), 0);
      await chmod(folder, 0o711);
    } catch (error) {
      await close(server);
      throw error;
    }
    return {
      async close() {
        await close(server);
        await removeChannel(folder, socket, ownUid);
        for (const path of [users, base]) await removeEmpty(path);
      },
    };
  }

  return {
    canServe: () => ownUid === 0,
    async removeLeft() {
      const left = (await unlessAbsent(readdir(users))) ?? [];
      if (left.length > 0) for (const path of [base, users]) await demandFolderOf(path, ownUid);
      for (const id of left) await removeChannel(join(users, id), join(users, id, SOCKET), ownUid);
    },
    open,
    async connect() {
      const folder = join(users, String(ownUid));
      for (const path of [base, users, folder]) await demandFolderOf(path, 0);
      const socket = connect(join(folder, SOCKET));
      const { promise, resolve, reject } = Promise.withResolvers<Duplex>();
      socket.once("connect", () => resolve(socket)).once("error", reject);
      return promise;
    },
    async isServiceInstalled() {
      const found = await Promise.all([users, ...programs].map((path) => lstat(path).catch(() => null)));
      return found.some((entry) => entry !== null);
    },
  };
}

async function makeFolder(path: string, ownUid: number): Promise<void> {
  await mkdir(path, { recursive: true });
  await demandFolderOf(path, ownUid);
  // The service's umask leaves others nothing.
  await chmod(path, 0o755);
}

/** Rejects unless it is a real folder of this account that no other user can write to. */
async function demandFolderOf(path: string, uid: number): Promise<void> {
  const found = await lstat(path);
  if (!found.isDirectory()) throw new Error(`${path} is not a folder.`);
  if (found.uid !== uid) throw new Error(`${path} belongs to another user (uid ${found.uid}).`);
  if (found.mode & WRITABLE_BY_OTHERS) throw new Error(`${path} can be written by other users.`);
}

async function removeChannel(folder: string, socket: string, ownUid: number): Promise<void> {
  if ((await unlessAbsent(lstat(folder))) === null) return;
  await demandFolderOf(folder, ownUid);
  await unlessAbsent(unlink(socket));
  await rmdir(folder);
}

// A folder that is not empty holds other channels. The service manager removes a folder that it created.
async function removeEmpty(folder: string): Promise<void> {
  await rmdir(folder).catch(() => undefined);
}

async function listen(path: string, connected: (peer: Duplex) => void): Promise<Server> {
  const server = createServer(connected);
  const { promise, resolve, reject } = Promise.withResolvers<Server>();
  // Later errors are of single connections that could not be taken.
  server.on("error", reject).listen(path, () => resolve(server));
  return promise;
}

/** Stops listening; connections are ended by whom they were handed to. */
function close(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  return promise;
}

async function unlessAbsent<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
