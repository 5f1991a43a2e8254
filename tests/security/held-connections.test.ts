import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openShell, type TestShell } from "../harness/command-line.ts";
import { originalReportBytes } from "../harness/dashfleet-world.ts";
import { type ServerProcess, startImpatientServer } from "../harness/server-process.ts";
import { TEST_CERTIFICATE, TEST_CERTIFICATE_KEY } from "../harness/test-certificates.ts";
import {
  countSockets,
  type IdleClient,
  openIdleClient,
  openIdleTlsClient,
  readMemoryMib,
} from "./idle-client.ts";

const TIMEOUTS = {
  handshakeMs: 5_000,
  headMs: 5_000,
  requestMs: 6_000,
  keepAliveMs: 3_000,
  lingerMs: 300,
  unreadMs: 3_000,
  checkMs: 200,
};
const CLIENTS = 40;
const MACHINES = 1_000;
/** A stream of a busy machine takes minutes to fill the system's buffers. */
const FILL_LIMIT_MS = 300_000;
const HALF_HEAD = "GET /api/health HTTP/1.1\r\nhost: localhost\r\nx-slow: ";
const NO_LIMITS = Object.fromEntries(
  ["DEVICE", "MEMBER", "ADDRESS"].flatMap((who) => [
    [`MUSTER_${who}_REQUESTS_PER_S`, "100000"],
    [`MUSTER_${who}_REQUESTS_AT_ONCE`, "100000"],
  ]),
);

let shell: TestShell;
let server: ServerProcess;
let url: string;
let key: string;
let idleSockets: number;
const clients: IdleClient[] = [];
const drips: NodeJS.Timeout[] = [];

async function start(environment: Record<string, string>): Promise<void> {
  shell = await openShell("sqlite");
  const made = (await shell.run(["org", "create", "Held"], { json: true })).json;
  key = made.apiKey;
  const tls = { cert: path.join(shell.dataDir, "cert.pem"), key: path.join(shell.dataDir, "key.pem") };
  await writeFile(tls.cert, TEST_CERTIFICATE);
  await writeFile(tls.key, TEST_CERTIFICATE_KEY);
  const named = Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [
      name,
      value.replace("CERT", tls.cert).replace("KEY", tls.key),
    ]),
  );
  server = startImpatientServer({ ...shell.environment, ...NO_LIMITS, ...named }, TIMEOUTS);
  ({ url } = await server.ready);
  idleSockets = await countSockets(server.process.pid);
}
async function stop(): Promise<void> {
  server.process.kill("SIGKILL");
  await server.exited;
  await shell.remove();
}
afterEach(() => {
  for (const timer of drips.splice(0)) clearInterval(timer);
  for (const { socket } of clients.splice(0)) socket.destroy();
});

/** Sends a start, and one more byte ten times a second. */
function drip({ write }: IdleClient, beginning: string): void {
  write(beginning);
  drips.push(setInterval(() => write("x"), 100));
}

/** Opens clients that never read and never close, and waits until the server holds none of them. */
async function expectReleased(
  open: () => Promise<IdleClient>,
  act: (client: IdleClient) => void = () => undefined,
  { count = CLIENTS, others = 0, timeoutMs = 90_000 } = {},
): Promise<void> {
  const { pid } = server.process;
  // Kept connections of the test before may take as long as the server keeps them.
  await expect.poll(() => countSockets(pid), { timeout: 90_000 }).toBeLessThanOrEqual(idleSockets);
  const opened = await Promise.all(Array.from({ length: count }, open));
  clients.push(...opened);
  // The system accepts connections before the server does.
  await expect.poll(() => countSockets(pid), { interval: 10 }).toBeGreaterThanOrEqual(idleSockets + count);
  for (const client of opened) act(client);
  await expect
    .poll(() => countSockets(pid), { timeout: timeoutMs })
    .toBeLessThanOrEqual(idleSockets + others);
}

describe("a server without TLS", () => {
  beforeAll(() => start({}), 60_000);
  afterAll(stop);
  const open = () => openIdleClient(url);

  it("releases connections that never send anything", () => expectReleased(open));

  it("releases connections with half a head", () => expectReleased(open, ({ write }) => write(HALF_HEAD)));

  it("releases connections whose head arrives byte by byte", () =>
    expectReleased(open, (client) => drip(client, HALF_HEAD)));

  it("releases connections whose body never ends", () =>
    expectReleased(open, ({ write }) =>
      write(
        "POST /api/v1/auth/login HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{",
      ),
    ));

  it("releases connections whose refused body never ends", () =>
    expectReleased(open, ({ write }) =>
      write("POST /api/v1/agent/report HTTP/1.1\r\nhost: localhost\r\ncontent-length: 500\r\n\r\n{"),
    ));

  it("releases connections that are idle after a request", () =>
    expectReleased(open, ({ write }) => write("GET /api/health HTTP/1.1\r\nhost: localhost\r\n\r\n")));

  it("releases connections that send half a head after a request", () =>
    expectReleased(open, ({ write }) =>
      write(`GET /api/health HTTP/1.1\r\nhost: localhost\r\n\r\n${HALF_HEAD}`),
    ));

  it("releases connections that sent no HTTP and do not close", () =>
    expectReleased(open, ({ write }) => write("\u0000\u0001\r\n\r\n")));

  it("sends nothing to a connection that sent nothing", async () => {
    const { socket } = await openIdleClient(url);
    const chunks: Buffer[] = [];
    socket.on("data", (chunk) => chunks.push(chunk)).resume();
    await new Promise((resolve) => socket.once("end", resolve).once("close", resolve));
    socket.destroy();
    expect(Buffer.concat(chunks).toString()).toBe("");
  });
});

describe("a server with TLS", () => {
  beforeAll(() => start({ MUSTER_TLS_CERT_FILE: "CERT", MUSTER_TLS_KEY_FILE: "KEY" }), 60_000);
  afterAll(stop);

  it("releases connections without a handshake", () => expectReleased(() => openIdleClient(url)));

  it("releases connections whose handshake arrives byte by byte", () =>
    expectReleased(
      () => openIdleClient(url),
      // The head of a record with a greeting of 512 bytes.
      (client) => drip(client, "\u0016\u0003\u0001\u0002\u0000\u0001"),
    ));

  it("releases connections that speak plain HTTP", () =>
    expectReleased(
      () => openIdleClient(url),
      ({ write }) => write("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n"),
    ));

  it("releases connections that never send a request", () => expectReleased(() => openIdleTlsClient(url)));

  it("releases connections with half a head", () =>
    expectReleased(
      () => openIdleTlsClient(url),
      ({ write }) => write(HALF_HEAD),
    ));
});

describe.each([
  ["without TLS", {}, openIdleClient],
  ["with TLS", { MUSTER_TLS_CERT_FILE: "CERT", MUSTER_TLS_KEY_FILE: "KEY" }, openIdleTlsClient],
])("a server %s with a large fleet", (_, environment: Record<string, string>, open) => {
  beforeAll(async () => {
    await start(environment);
    await reportAll();
  }, 120_000);
  afterAll(stop);

  const headOf = (route: string) =>
    `GET ${route} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${key}\r\n\r\n`;
  const readFleet = () => headOf("/api/fleet");

  /** Reports for every machine over one connection. */
  async function reportAll(): Promise<void> {
    const { socket, write } = await open(url);
    let stored = 0;
    write(Array.from({ length: MACHINES }, (__, index) => reportOf(index)).join(""));
    socket.resume();
    for await (const chunk of socket) {
      stored += String(chunk).split('{"ok":true}').length - 1;
      if (stored >= MACHINES) break;
    }
  }
  function reportOf(index: number): string {
    const body = originalReportBytes(`machine-${index}-${"x".repeat(40)}`);
    const head = ["POST /api/fleet/report HTTP/1.1", "host: localhost", `authorization: Bearer ${key}`];
    return `${head.join("\r\n")}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  }

  it("releases connections whose answers are not read", () =>
    expectReleased(
      () => open(url),
      ({ write }) => write(readFleet().repeat(30)),
      { count: 10 },
    ));

  it(
    "releases streams that are not read while the fleet changes",
    async () => {
      let isDone = false;
      const released = expectReleased(
        () => open(url),
        ({ write }) => write(headOf("/api/v1/stream")),
        { count: 10, others: 1, timeoutMs: FILL_LIMIT_MS },
      );
      void released.finally(() => (isDone = true)).catch(() => undefined);
      while (!isDone) await reportAll();
      await released;
    },
    2 * FILL_LIMIT_MS,
  );

  it("keeps little memory for 1,000 pipelined answers that are not read", async () => {
    const { pid } = server.process;
    const before = await readMemoryMib(pid);
    let highest = before;
    const measure = async () => {
      highest = Math.max(highest, await readMemoryMib(pid));
    };
    const timer = setInterval(() => void measure(), 50);
    try {
      await expectReleased(
        () => open(url),
        ({ write }) => write(readFleet().repeat(25)),
        { count: 40 },
      );
    } finally {
      clearInterval(timer);
    }
    expect(highest - before).toBeLessThan(500);
  });

  it("serves a slow reader to the end", async () => {
    const { socket, write } = await open(url);
    write(readFleet().replace("host:", "connection: close\r\nhost:"));
    const startedAt = performance.now();
    let bytes = 0;
    socket.on("data", (chunk) => {
      bytes += chunk.length;
      socket.pause();
      setTimeout(() => socket.resume(), 200);
    });
    socket.resume();
    await new Promise((resolve) => socket.once("end", resolve));
    socket.destroy();
    expect(bytes).toBeGreaterThan(500_000);
    expect(performance.now() - startedAt).toBeGreaterThan(TIMEOUTS.unreadMs);
  });
});
