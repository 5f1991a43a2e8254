import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestDatabase } from "../harness/test-database.ts";
import { makeDataFolder, type ServerProcess, startServerProcess } from "../harness/server-process.ts";

let dataDir: string;
let remove: () => Promise<void>;
let started: ServerProcess[] = [];

beforeEach(async () => {
  ({ dataDir, remove } = await makeDataFolder());
});
afterEach(async () => {
  const running = started;
  started = [];
  for (const { process: child } of running) child.kill("SIGKILL");
  await Promise.all(running.map(({ exited }) => exited));
  await remove();
});

function start(environment: Record<string, string> = {}): ServerProcess {
  const server = startServerProcess({ MUSTER_PORT: "0", MUSTER_DATA_DIR: dataDir, ...environment });
  started.push(server);
  return server;
}

async function stop(server: ServerProcess): Promise<number | null> {
  server.process.kill("SIGTERM");
  return server.exited;
}

describe("a server that starts", () => {
  it("reports its address, shows a usable set-up link, and gives the local agent a token", async () => {
    const server = start();
    const { url, setupUrl } = await server.ready;
    expect((await fetch(`${url}/api/health`)).status).toBe(200);
    await expect.poll(server.stdout).toContain(`\n  ${setupUrl}\n`);
    const token = /\/setup\/(ms_[\w-]{43})$/.exec(setupUrl ?? "")?.[1];
    expect((await fetch(`${url}/api/v1/setup/${token}`)).status).toBe(200);
    expect(await server.localAgentToken).toMatch(/^mt_[\w-]{43}$/);
    expect(await readFile(path.join(dataDir, "logs/server.log"), "utf8")).not.toContain(token);
  });

  it("gives no token when this machine's agent is enrolled", async () => {
    await stop(await readyServer());
    await mkdir(path.join(dataDir, "agent"));
    await writeFile(path.join(dataDir, "agent/identity.json"), "{}");
    expect(await start().localAgentToken).toBeNull();
  });

  it("serves pages, the API's description and errors to clients without credentials", async () => {
    const { url } = await (await readyServer()).ready;
    const description = await fetch(`${url}/api/v1/openapi.json`);
    expect(await description.json()).toMatchObject({ openapi: expect.stringMatching(/^3\.1/) });
    expect((await fetch(`${url}/metrics`)).status).toBe(401);
    expect((await fetch(`${url}/api/v1/devices`)).status).toBe(401);
    expect((await fetch(`${url}/`)).headers.get("content-security-policy")).toContain("default-src 'none'");
  });
});

async function readyServer(environment: Record<string, string> = {}): Promise<ServerProcess> {
  const server = start(environment);
  await server.ready;
  return server;
}

describe("servers on one PostgreSQL", () => {
  it("start at the same time on an empty database and refuse one with a different master key", async () => {
    const database = await createTestDatabase();
    const shared = {
      MUSTER_DATABASE_URL: database.url,
      MUSTER_MASTER_KEY: Buffer.alloc(32, 1).toString("base64"),
    };
    const servers = [start(shared), start(shared)];
    for (const { ready } of servers) {
      const { url } = await ready;
      expect(await (await fetch(`${url}/api/health`)).json()).toMatchObject({ database: "ok" });
    }
    const stranger = start({ ...shared, MUSTER_MASTER_KEY: Buffer.alloc(32, 2).toString("base64") });
    expect(await stranger.exited).toBe(1);
    expect(stranger.stderr()).toMatch(/^The master key in MUSTER_MASTER_KEY is not the key/);
    expect(await Promise.all(servers.map(stop))).toEqual([0, 0]);
    await database.drop();
  });
});

describe("a server that stops", () => {
  it.each(["SIGTERM", "SIGINT"] as const)("ends cleanly on %s", async (signal) => {
    const server = await readyServer();
    server.process.kill(signal);
    expect(await server.exited).toBe(0);
    expect(server.stdout()).toContain("Stopped");
    expect(server.stderr()).toBe("");
  });

  it("ends when its launcher has ended", async () => {
    const server = await readyServer();
    server.process.disconnect();
    expect(await server.exited).toBe(0);
  });
});

describe("a server that cannot start reports the reason in one line, and what to do", () => {
  async function refusal(server: ServerProcess): Promise<string> {
    expect(await server.exited).toBe(1);
    expect(server.stderr().trimEnd().split("\n")).toHaveLength(1);
    return server.stderr();
  }

  it("the port is in use", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const port = String((other.address() as AddressInfo).port);
    expect(await refusal(start({ MUSTER_PORT: port }))).toMatch(
      new RegExp(`^Port ${port} .* is in use: .*MUSTER_PORT`),
    );
    other.close();
  });

  it("the data folder cannot be written", async () => {
    const file = path.join(dataDir, "a-file");
    await writeFile(file, "");
    expect(await refusal(start({ MUSTER_DATA_DIR: path.join(file, "data") }))).toMatch(
      /^The data folder .*MUSTER_DATA_DIR/,
    );
  });

  it("the configuration is invalid", async () => {
    expect(await refusal(start({ MUSTER_PORT: "eighty" }))).toMatch(/^MUSTER_PORT .* must be a whole number/);
    expect(await refusal(start({ MUSTER_HOST: "0.0.0.0" }))).toMatch(/^MUSTER_HOST is not loopback: /);
  });

  it("the master key is missing, or a different one", async () => {
    await stop(await readyServer());
    await rm(path.join(dataDir, "master.key"));
    expect(await refusal(start())).toMatch(/^The master key is missing: restore .*master\.key/);
    await writeFile(path.join(dataDir, "master.key"), Buffer.alloc(32, 1).toString("hex"));
    expect(await refusal(start())).toMatch(/^The master key in .* is not the key/);
  });

  it("PostgreSQL cannot be reached, without the password in the text", async () => {
    const text = await refusal(
      start({
        MUSTER_DATABASE_URL: "postgres://muster:hunter2@127.0.0.1:1/muster",
        MUSTER_MASTER_KEY: Buffer.alloc(32, 1).toString("hex"),
      }),
    );
    expect(text).toMatch(/^The database .* cannot be opened: /);
    expect(text).not.toContain("hunter2");
  });

  it("another server uses the database", async () => {
    const first = await readyServer();
    expect(await refusal(start())).toMatch(/^Another server uses .*muster\.db: /);
    first.process.kill("SIGKILL");
    await first.exited;
    await readyServer();
  });

  it("the file is not a database", async () => {
    await writeFile(
      path.join(dataDir, "muster.db"),
      "this is no database, but long enough to be read as one".repeat(100),
    );
    expect(await refusal(start())).toMatch(/^The database .*muster\.db cannot be opened: /);
  });
});
