// Attacks of a local user against the service, run under the account of that user. Arguments: the attack and a socket. Writes
// one line of JSON about how it went, and stays until standard input ends where the attack is one that lasts.
import { once } from "node:events";
import { chmodSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import path from "node:path";
import { text } from "node:stream/consumers";

const [attack = "", socket = ""] = process.argv.slice(2);
const folder = path.dirname(socket);
const users = path.dirname(folder);

const attacks: Record<string, () => Promise<unknown>> = {
  connect: async () => errorOf(() => reach()),
  list: async () => errorOf(async () => readdirSync(folder)),
  remove: async () => errorOf(async () => rmSync(socket)),
  "open up": async () => errorOf(async () => chmodSync(socket, 0o777)),
  "plant a folder": async () => errorOf(async () => mkdirSync(path.join(users, "4"))),
  "plant a link": async () => errorOf(async () => symlinkSync("/", path.join(users, "4"))),
  "plant a file": async () => errorOf(async () => writeFileSync(path.join(folder, "planted"), "")),
  "move away": async () => errorOf(async () => renameSync(folder, path.join(users, "moved"))),
  "listen instead": async () =>
    errorOf(() => once(createServer().listen(path.join(folder, "other.sock")), "listening")),
  /** Says each message of MESSAGES, and gives as many lines of what came back. */
  say: async () => {
    const messages: string[] = JSON.parse(process.env["MESSAGES"] ?? "[]");
    const stream = await reach();
    stream.write(messages.join(""));
    return readLines(stream, messages.length);
  },
  flood: async () => {
    const stream = await reach();
    const line = `${JSON.stringify({ v: 1, id: 1, verb: "read", what: "record" })}\n`.repeat(500);
    stream.resume();
    say({ began: true });
    while (!stream.destroyed) if (!stream.write(line)) await eventOf(stream, "drain", "close");
    return "closed";
  },
  /** Ten million bytes without an end. */
  "long line": async () => {
    const stream = await reach();
    stream.write(Buffer.alloc(10_000_000, "a"));
    return lastWord(stream);
  },
  "no reading": async () => {
    const streams = await Promise.all([reach(), reach(), reach(), reach()]);
    const line = `${JSON.stringify({ v: 1, id: 1, verb: "read", what: "log", place: { kind: "end" } })}\n`;
    for (const stream of streams) stream.pause();
    // Who reads nothing hears of the end by what it cannot write any more.
    const timer = setInterval(() => streams.forEach((stream) => stream.write(line.repeat(20))), 100);
    say({ began: true });
    await Promise.all(streams.map((stream) => eventOf(stream, "close")));
    clearInterval(timer);
    return "closed";
  },
  /** Gives how many of 300 connections were served. */
  "many connections": async () => {
    let served = 0;
    for (let nth = 0; nth < 300; nth += 1) {
      const stream = await reach();
      stream.write('{"v":1,"id":1,"verb":"read","what":"view"}\n');
      const [answer = ""] = await readLines(stream, 1);
      if (answer.includes('"answer"')) served += 1;
    }
    return served;
  },
};

async function reach(): Promise<Socket> {
  const stream = connect(socket);
  await once(stream, "connect");
  // Every connection of an attack may be cut.
  stream.on("error", () => undefined);
  return stream;
}

/** Resolves with the first of these events, and immediately when the stream is already closed. */
function eventOf(stream: Socket, ...events: string[]): Promise<void> {
  return new Promise((resolve) => {
    if (stream.closed) resolve();
    for (const event of events) stream.once(event, () => resolve());
  });
}

/** Everything that was received until the connection was closed. */
function lastWord(stream: Socket): Promise<string> {
  return text(stream).catch(() => "cut");
}

async function readLines(stream: Socket, count: number): Promise<string[]> {
  let heard = "";
  stream.setEncoding("utf8").on("data", (chunk: string) => {
    heard += chunk;
    if (heard.split("\n").length > count) stream.destroy();
  });
  await eventOf(stream, "close");
  return heard.split("\n").slice(0, count);
}

async function errorOf(act: () => Promise<unknown>): Promise<string> {
  try {
    await act();
    return "worked";
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : String(error);
  }
}

function say(what: object, whenSaid?: () => void): void {
  process.stdout.write(`${JSON.stringify(what)}\n`, whenSaid);
}

say({ outcome: await attacks[attack]?.() }, () => process.exit());
