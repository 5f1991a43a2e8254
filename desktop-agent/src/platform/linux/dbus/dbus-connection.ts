import { connect, type Socket } from "node:net";
import { type DbusMessage, encodeMessage, MESSAGE_TYPE, takeMessage } from "./dbus-message.ts";
import type { DbusValue } from "./dbus-signature.ts";

export type DbusCall = {
  destination: string;
  path: string;
  interface: string;
  member: string;
  signature?: string;
  body?: DbusValue[];
};

/**
 * A connection to a message bus: calls and signals, nothing else. It does not pass file descriptors, which Node cannot, and does
 * not keep the process alive.
 */
export type DbusConnection = {
  /** Rejects with the error's name and text, when the limit is over, and when the connection ends. */
  call(call: DbusCall): Promise<DbusValue[]>;
  /** Sends a message that is not a call; used by services. */
  send(message: Omit<DbusMessage, "serial">): void;
  /** Every message that is no answer to a call. */
  onMessage(listener: (message: DbusMessage) => void): void;
  /** Resolves with the reason once it has ended. */
  closed: Promise<string>;
  close(): void;
};

export const BUS = {
  destination: "org.freedesktop.DBus",
  path: "/org/freedesktop/DBus",
  interface: "org.freedesktop.DBus",
} as const;

const CALL_LIMIT_MS = 5_000;

/** Connects as the user of this process and sends Hello. Rejects when there is no bus or it refuses. */
export async function connectDbus(socketPath: string): Promise<DbusConnection> {
  const socket = connect(socketPath).unref();
  const { promise: closed, resolve: end } = Promise.withResolvers<string>();
  socket.on("error", (error) => end(`no message bus: ${error.message}`));
  socket.on("close", () => end("the bus closed the connection"));
  const rest = await authenticate(socket, closed);
  const connection = createConnection(socket, rest, closed);
  try {
    await connection.call({ ...BUS, member: "Hello" });
  } catch (error) {
    connection.close();
    throw error;
  }
  return connection;
}

// SASL EXTERNAL: the bus identifies us by the socket; the text must match.
async function authenticate(socket: Socket, closed: Promise<string>): Promise<Buffer> {
  const { promise: answered, resolve, reject } = Promise.withResolvers<Buffer>();
  let received = Buffer.alloc(0);
  const onData = (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    const end = received.indexOf("\r\n");
    if (end < 0 && received.length < 1_000) return;
    socket.off("data", onData);
    if (!received.toString("latin1", 0, 3).startsWith("OK "))
      return reject(new Error("The bus refused the authentication."));
    socket.write("BEGIN\r\n");
    resolve(received.subarray(end + 2));
  };
  socket.on("data", onData);
  const uid = Buffer.from(String(process.getuid?.())).toString("hex");
  socket.write(`\0AUTH EXTERNAL ${uid}\r\n`);
  const failed = closed.then((reason): never => {
    throw new Error(reason);
  });
  return withLimit(Promise.race([answered, failed]), () => socket.destroy());
}

function createConnection(socket: Socket, received: Buffer, closed: Promise<string>): DbusConnection {
  const waiting = new Map<number, PromiseWithResolvers<DbusValue[]>>();
  const listeners: ((message: DbusMessage) => void)[] = [];
  let lastSerial = 0;

  const send = (message: Omit<DbusMessage, "serial">): number => {
    lastSerial += 1;
    socket.write(encodeMessage({ ...message, serial: lastSerial }));
    return lastSerial;
  };

  const take = (message: DbusMessage) => {
    const call = waiting.get(message.replySerial ?? 0);
    const isAnswer = message.type === MESSAGE_TYPE.reply || message.type === MESSAGE_TYPE.error;
    if (!isAnswer) for (const listener of listeners) listener(message);
    else if (message.type === MESSAGE_TYPE.reply) call?.resolve(message.body);
    else call?.reject(new Error(`${message.error ?? "error"}: ${String(message.body[0] ?? "")}`));
  };

  let bytes = received;
  socket.on("data", (chunk) => {
    bytes = Buffer.concat([bytes, chunk]);
    try {
      for (let next = takeMessage(bytes); next !== undefined; next = takeMessage(bytes)) {
        bytes = next.rest;
        take(next.message);
      }
    } catch (error) {
      // Out of step with the bus: every byte from here on would be misread.
      socket.destroy(error instanceof Error ? error : undefined);
    }
  });
  void closed.then((reason) => {
    for (const call of waiting.values()) call.reject(new Error(reason));
  });

  return {
    async call({ body = [], ...call }) {
      if (socket.destroyed) throw new Error("The connection to the bus has ended.");
      const serial = send({ type: MESSAGE_TYPE.call, body, ...call });
      const answer = Promise.withResolvers<DbusValue[]>();
      waiting.set(serial, answer);
      return withLimit(answer.promise, () => undefined).finally(() => waiting.delete(serial));
    },
    send: (message) => void send(message),
    onMessage: (listener) => void listeners.push(listener),
    closed,
    close: () => socket.destroy(),
  };
}

function withLimit<T>(answer: Promise<T>, onLimit: () => void): Promise<T> {
  const limit = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    onLimit();
    limit.reject(new Error("The bus does not answer."));
  }, CALL_LIMIT_MS);
  return Promise.race([answer, limit.promise]).finally(() => clearTimeout(timer));
}
