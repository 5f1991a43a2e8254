import { writeFile } from "node:fs/promises";
import path from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, inject, it, vi } from "vitest";
import { openShell } from "../harness/command-line.ts";
import { originalReportBytes } from "../harness/dashfleet-world.ts";
import { startImpatientServer } from "../harness/server-process.ts";
import { TEST_CERTIFICATE, TEST_CERTIFICATE_KEY } from "../harness/test-certificates.ts";
import {
  countHeld,
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
/** Tests on one server with a large fleet measure it. */
const ONE_BY_ONE = { concurrent: false };
const HALF_HEAD = "GET /api/health HTTP/1.1\r\nhost: localhost\r\nx-slow: ";
const NO_LIMITS = Object.fromEntries(
  ["DEVICE", "MEMBER", "ADDRESS"].flatMap((who) => [
    [`MUSTER_${who}_REQUESTS_PER_S`, "100000"],
    [`MUSTER_${who}_REQUESTS_AT_ONCE`, "100000"],
  ]),
);

type Server = {
  url: string;
  key: string;
  pid: number | undefined;
  database: string;
  stop(): Promise<void>;
};

async function start(environment: Record<string, string>): Promise<Server> {
  const shell = await openShell("sqlite");
  const { apiKey } = (await shell.run(["org", "create", "Held"], { json: true })).json;
  const tls = { cert: path.join(shell.dataDir, "cert.pem"), key: path.join(shell.dataDir, "key.pem") };
  await writeFile(tls.cert, TEST_CERTIFICATE);
  await writeFile(tls.key, TEST_CERTIFICATE_KEY);
  const named = Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [
      name,
      value.replace("CERT", tls.cert).replace("KEY", tls.key),
    ]),
  );
  const server = startImpatientServer({ ...shell.environment, ...NO_LIMITS, ...named }, TIMEOUTS);
  const { url } = await server.ready;
  return {
    url,
    key: apiKey,
    pid: server.process.pid,
    database: path.join(shell.dataDir, "muster.db"),
    async stop() {
      server.process.kill("SIGKILL");
      await server.exited;
      await shell.remove();
    },
  };
}

/** Sends a start, and one more byte ten times a second until the connection closes. */
function drip({ socket, write }: IdleClient, beginning: string): void {
  write(beginning);
  const timer = setInterval(() => write("x"), 100);
  socket.once("close", () => clearInterval(timer));
}

/** Opens clients that never read and never close, and waits until the server holds none of them. */
async function expectReleased(
  open: () => Promise<IdleClient>,
  act: (client: IdleClient) => void = () => undefined,
  { count = CLIENTS, timeoutMs = 90_000 } = {},
): Promise<void> {
  const clients = await Promise.all(Array.from({ length: count }, open));
  try {
    for (const client of clients) act(client);
    await vi.waitUntil(async () => (await countHeld(clients)) === 0, {
      timeout: timeoutMs,
      interval: 250,
    });
  } finally {
    for (const { socket } of clients) socket.destroy();
  }
}

describe.concurrent("a server without TLS", () => {
  let server: Server;
  beforeAll(async () => {
    server = await start({});
  }, 60_000);
  afterAll(() => server.stop());
  const open = () => openIdleClient(server.url);

  it("keeps a connection for a while, which the other tests would not see", async () => {
    const client = await open();
    expect(await countHeld([client])).toBe(1);
    client.socket.destroy();
    await vi.waitUntil(async () => (await countHeld([client])) === 0);
  });

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

  it("releases connections that sent something other than HTTP and do not close", () =>
    expectReleased(open, ({ write }) => write("\u0000\u0001\r\n\r\n")));

  it("sends nothing to a connection that sent nothing", async () => {
    const { socket } = await open();
    const chunks: Buffer[] = [];
    socket.on("data", (chunk) => chunks.push(chunk)).resume();
    await new Promise((resolve) => socket.once("end", resolve).once("close", resolve));
    socket.destroy();
    expect(Buffer.concat(chunks).toString()).toBe("");
  });
});

describe.concurrent("a server with TLS", () => {
  let server: Server;
  beforeAll(async () => {
    server = await start({ MUSTER_TLS_CERT_FILE: "CERT", MUSTER_TLS_KEY_FILE: "KEY" });
  }, 60_000);
  afterAll(() => server.stop());

  it("releases connections without a handshake", () => expectReleased(() => openIdleClient(server.url)));

  it("releases connections whose handshake arrives byte by byte", () =>
    expectReleased(
      () => openIdleClient(server.url),
      // The head of a record with a greeting of 512 bytes.
      (client) => drip(client, "\u0016\u0003\u0001\u0002\u0000\u0001"),
    ));

  it("releases connections that speak plain HTTP", () =>
    expectReleased(
      () => openIdleClient(server.url),
      ({ write }) => write("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n"),
    ));

  it("releases connections that never send a request", () =>
    expectReleased(() => openIdleTlsClient(server.url)));

  it("releases connections with half a head", () =>
    expectReleased(
      () => openIdleTlsClient(server.url),
      ({ write }) => write(HALF_HEAD),
    ));
});

const WITH_TLS = [
  "with TLS",
  { MUSTER_TLS_CERT_FILE: "CERT", MUSTER_TLS_KEY_FILE: "KEY" },
  openIdleTlsClient,
] as const;
const WITHOUT_TLS = ["without TLS", {}, openIdleClient] as const;
const largeFleets = inject("isFullRun") ? [WITHOUT_TLS, WITH_TLS] : [WITH_TLS];

describe.concurrent.each(largeFleets)(
  "a server %s with a large fleet",
  (_, environment: Record<string, string>, open) => {
    let server: Server;
    beforeAll(async () => {
      server = await start(environment);
      await reportAll();
      tagAll();
    }, 120_000);
    afterAll(() => server.stop());

    const headOf = (route: string) =>
      `GET ${route} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${server.key}\r\n\r\n`;
    const readFleet = () => headOf("/api/fleet");

    /** Reports for every machine over one connection. */
    async function reportAll(): Promise<void> {
      const { socket, write } = await open(server.url);
      let stored = 0;
      write(Array.from({ length: MACHINES }, (__, index) => reportOf(index)).join(""));
      socket.resume();
      for await (const chunk of socket) {
        stored += String(chunk).split('{"ok":true}').length - 1;
        if (stored >= MACHINES) break;
      }
    }
    /** Gives every device as many tags as it may have: the longer an event is, the sooner the system's buffers are full. */
    function tagAll(): void {
      const database = new Database(server.database);
      const tags = Array.from({ length: 20 }, (__, index) => `${index}-`.padEnd(40, "x"));
      database.prepare("update devices set tags = ?").run(JSON.stringify(tags));
      database.close();
    }
    function reportOf(index: number): string {
      const body = originalReportBytes(`machine-${index}-${"x".repeat(40)}`);
      const head = [
        "POST /api/fleet/report HTTP/1.1",
        "host: localhost",
        `authorization: Bearer ${server.key}`,
      ];
      return `${head.join("\r\n")}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
    }

    it("releases connections whose answers are not read", ONE_BY_ONE, () =>
      expectReleased(
        () => open(server.url),
        ({ write }) => write(readFleet().repeat(30)),
        { count: 10 },
      ),
    );

    it("releases streams that are not read while the fleet changes", {
      ...ONE_BY_ONE,
      timeout: 2 * FILL_LIMIT_MS,
    }, async () => {
      let isDone = false;
      const released = expectReleased(
        () => open(server.url),
        ({ write }) => write(headOf("/api/v1/stream")),
        { count: 10, timeoutMs: FILL_LIMIT_MS },
      );
      void released.finally(() => (isDone = true)).catch(() => undefined);
      while (!isDone) await reportAll();
      await released;
    });

    it("keeps little memory for 1,000 pipelined answers that are not read", ONE_BY_ONE, async () => {
      const { pid } = server;
      const before = await readMemoryMib(pid);
      let highest = before;
      const measure = async () => {
        highest = Math.max(highest, await readMemoryMib(pid));
      };
      const timer = setInterval(() => void measure(), 50);
      try {
        await expectReleased(
          () => open(server.url),
          ({ write }) => write(readFleet().repeat(25)),
          { count: 40 },
        );
      } finally {
        clearInterval(timer);
      }
      expect(highest - before).toBeLessThan(500);
    });

    it("serves a slow reader to the end", ONE_BY_ONE, async () => {
      const { socket, write } = await open(server.url);
      write(readFleet().replace("host:", "connection: close\r\nhost:"));
      const startedAt = performance.now();
      let bytes = 0;
      socket.on("data", (chunk) => {
        bytes += chunk.length;
        socket.pause();
        // At the same pace with TLS, which gives out its records one by one.
        setTimeout(() => socket.resume(), (300 * chunk.length) / 65_536);
      });
      socket.resume();
      await new Promise((resolve) => socket.once("end", resolve));
      socket.destroy();
      expect(bytes).toBeGreaterThan(500_000);
      expect(performance.now() - startedAt).toBeGreaterThan(TIMEOUTS.unreadMs);
    });
  },
);
