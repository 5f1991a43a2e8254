import { readdir, readFile, readlink } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { TEST_AUTHORITY } from "../harness/test-certificates.ts";

/** A connection whose client neither reads nor closes, whatever the server does. */
export type IdleClient = { socket: Socket; ports: Ports; write(text: string): void };

type Ports = { client: number; server: number };

/** Opens a plain connection; with `url` of https this is one without a TLS handshake. */
export async function openIdleClient(url: string): Promise<IdleClient> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  await opened(socket, "connect");
  return withoutReading(socket, portsOf(socket));
}

/** Opens a connection and completes its TLS handshake. */
export async function openIdleTlsClient(url: string): Promise<IdleClient> {
  const { hostname, port } = new URL(url);
  const plain = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  const socket = connectTls({ socket: plain, servername: "localhost", ca: TEST_AUTHORITY });
  await opened(socket, "secureConnect");
  return withoutReading(socket, portsOf(plain));
}

/** How many of these connections the server has not closed, also those that it has not accepted yet. */
export async function countHeld(clients: readonly IdleClient[]): Promise<number> {
  const held = await readHeldConnections();
  return clients.filter(({ ports }) => held.has(`${ports.server}-${ports.client}`)).length;
}

/** Ports of both sides of each open connection, as its own side sees it. */
async function readHeldConnections(): Promise<Set<string>> {
  const tables = await Promise.all(["/proc/net/tcp", "/proc/net/tcp6"].map((file) => readFile(file, "utf8")));
  const held = new Set<string>();
  for (const line of tables.flatMap((table) => table.split("\n").slice(1))) {
    const [, local = "", remote = "", state, , , , , , inode] = line.trim().split(/\s+/);
    // A process that has closed its side leaves a connection without an inode, in another state.
    if (state === ESTABLISHED || (inode !== undefined && inode !== "0"))
      held.add(`${portOf(local)}-${portOf(remote)}`);
  }
  return held;
}

/** In the tables of the system. */
const ESTABLISHED = "01";

const portOf = (address: string): number => Number.parseInt(address.split(":")[1] ?? "", 16);

const portsOf = ({ localPort = 0, remotePort = 0 }: Socket): Ports => ({
  client: localPort,
  server: remotePort,
});

/** Descriptors of sockets that a process holds. */
export async function countSockets(pid: number | undefined): Promise<number> {
  const folder = `/proc/${pid}/fd`;
  const targets = await Promise.all(
    (await readdir(folder)).map((name) => readlink(`${folder}/${name}`).catch(() => "")),
  );
  return targets.filter((target) => target.startsWith("socket:")).length;
}

/** Resident memory of a process in MiB. */
export async function readMemoryMib(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

function opened(socket: Socket, event: "connect" | "secureConnect"): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once("error", reject).once(event, () => {
      socket.off("error", reject);
      resolve();
    });
  });
}

function withoutReading(socket: Socket, ports: Ports): IdleClient {
  socket.pause();
  // The server may reset the connection: that is what is waited for elsewhere.
  socket.on("error", () => undefined);
  return { socket, ports, write: (text) => void socket.write(text) };
}
