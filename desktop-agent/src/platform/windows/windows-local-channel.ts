import { randomBytes } from "node:crypto";
import { lstat } from "node:fs/promises";
import { connect, createServer, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { win32 } from "node:path";
import { outputOf } from "../command-output.ts";
import type { LocalChannelPort, OpenChannel } from "../ports/local-channel-port.ts";
import type { RunCommand } from "../run-command.ts";
import {
  readChannelKey,
  removeChannelKey,
  writeChannelKey,
  proveToClient,
  proveToService,
} from "./channel-proof.ts";
import { parseRegQuery } from "./parse-reg-query.ts";

const LIMIT_MS = 10_000;
const EVERY_MS = 60_000;
/** Pipes that have not proven themselves yet; more wait for those. */
const MAX_UNPROVEN = 8;
const PERSON = /^HKEY_USERS\\(S-1-(?:5-21|12-1)(?:-\d{1,10}){2,14})$/;

export type WindowsChannelDeps = {
  run: RunCommand;
  isSystem: boolean;
  /** %ProgramData%\MusterAgent, or the folder that the environment names. */
  base: string;
  /** Files of which one is there where a service is installed. */
  programs: readonly string[];
  /** Where pipes are; a folder of sockets in tests on other systems. */
  pipes?: string;
};

/** Where the service's channels are unless the environment names another folder. */
export const windowsRunFolder = (programData: string) => win32.join(programData, "MusterAgent");

/**
 * Named pipes. Node cannot identify the peer, so every user may connect, and each side proves that it can read the key file of this
 * user. Written from documentation.
 */
export function createWindowsLocalChannel(deps: WindowsChannelDeps): LocalChannelPort {
  const { run, base, isSystem, pipes = "\\\\.\\pipe\\" } = deps;

  async function open({ id }: { id: string }, connected: (peer: Duplex) => void): Promise<OpenChannel> {
    if (!PERSON.test(`HKEY_USERS\\${id}`)) throw new Error("The id of the account must be a SID.");
    const made = { pipe: `muster-agent-${randomBytes(16).toString("hex")}`, key: randomBytes(32) };
    let unproven = 0;
    const server = createServer((socket) => {
      // "close" reports its end.
      socket.on("error", () => undefined);
      if (unproven >= MAX_UNPROVEN) return void socket.destroy();
      unproven += 1;
      void proveToClient(socket, made.key).then((isProven) => {
        unproven -= 1;
        if (isProven) connected(socket);
        else socket.destroy();
      });
    });
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    // Node creates the first instance of the name or fails; without these two rights only administrators could connect.
    const options = { path: `${pipes}${made.pipe}`, readableAll: true, writableAll: true };
    server.on("error", reject).listen(options, () => resolve());
    await promise;
    try {
      await writeChannelKey(run, base, id, made);
    } catch (error) {
      server.close();
      throw error;
    }
    return {
      async close() {
        server.close();
        await removeChannelKey(base, id);
      },
    };
  }

  async function ownSid(): Promise<string> {
    const text = outputOf(
      await run("whoami.exe", ["/user", "/fo", "csv", "/nh"], { timeoutMs: LIMIT_MS }),
      "whoami",
    );
    const sid = /"(S-1-[0-9-]+)"\s*$/.exec(text)?.[1];
    if (sid === undefined) throw new Error("whoami reports no SID.");
    return sid;
  }

  return {
    canServe: () => isSystem,
    users: () => listLocalUsers(run),
    usersEveryMs: () => EVERY_MS,
    watchUsers: () => () => undefined,
    // A key without a pipe is useless, and is replaced when its user logs in again.
    removeLeft: async () => undefined,
    open,
    async connect() {
      const { pipe, key } = await readChannelKey(base, await ownSid());
      const socket = await connectTo(`${pipes}${pipe}`);
      if (await proveToService(socket, key)) return socket;
      socket.destroy();
      throw new Error("The process that listens on the pipe is not the service.");
    },
    async isServiceInstalled() {
      // Not the folder of the keys: everybody could make it.
      const found = await Promise.all(deps.programs.map((path) => lstat(path).catch(() => null)));
      return found.some((entry) => entry !== null);
    },
  };
}

/** The users whose registry hive is loaded and who have a session. */
async function listLocalUsers(run: RunCommand) {
  const options = { timeoutMs: LIMIT_MS };
  const hives = outputOf(await run("reg.exe", ["query", "HKU"], options), "reg query");
  const ids = hives.split(/\r?\n/).flatMap((line) => PERSON.exec(line.trim())?.[1] ?? []);
  const users = ids.map(async (id) => {
    const args = ["query", `HKU\\${id}\\Volatile Environment`, "/v", "USERNAME"];
    const result = await run("reg.exe", args, options);
    const user = result.kind === "exited" ? parseRegQuery(result.stdout, "USERNAME") : undefined;
    return user === undefined ? [] : [{ id, user }];
  });
  return (await Promise.all(users)).flat();
}

function connectTo(path: string): Promise<Socket> {
  const socket = connect(path);
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  socket.once("connect", () => resolve(socket)).on("error", reject);
  return promise;
}
