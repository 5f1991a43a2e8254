import Database from "better-sqlite3";
import { get, type IncomingMessage } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openShell, type TestShell } from "../harness/command-line.ts";
import { enrolDevice, makeEnrolmentToken } from "../harness/enrol-device.ts";
import { type ServerProcess, startServerProcess } from "../harness/server-process.ts";
import { countSockets } from "./idle-client.ts";
import { signIn } from "./sign-in.ts";

const EMAIL = "olive@example.org";
const PASSWORD = "a passphrase for tests";
const LIFETIME_MS = 4_000;
/** Streams are checked every second; the rest is for a busy machine. */
const MAX_DELAY_MS = 4_000;
const MAX_SESSION_AGE_MS = 7 * 24 * 3_600_000;
const MAX_SESSIONS = 20;

let shell: TestShell;
let server: ServerProcess;
let url: string;
let orgId: string;
let apiKey: string;
let metricsKey: string;
let database: Database.Database;

beforeAll(async () => {
  shell = await openShell("sqlite");
  ({ orgId, apiKey } = (await shell.run(["org", "create", "Northwind"], { json: true })).json);
  const person = ["--org", orgId, "--email", EMAIL, "--name", "Olive", "--role", "owner"];
  await shell.run(["user", "create", ...person, "--password-stdin"], { stdin: PASSWORD });
  metricsKey = await makeKey("metrics");
  server = startServerProcess({
    ...shell.environment,
    MUSTER_ADDRESS_REQUESTS_PER_S: "100000",
    MUSTER_ADDRESS_REQUESTS_AT_ONCE: "100000",
    MUSTER_MEMBER_REQUESTS_AT_ONCE: "100",
    MUSTER_MEMBER_REQUESTS_PER_S: "0.1",
  });
  ({ url } = await server.ready);
  database = new Database(shell.databaseUrl.replace("sqlite:", ""));
}, 60_000);
afterAll(async () => {
  database.close();
  server.process.kill("SIGKILL");
  await server.exited;
  await shell.remove();
});

async function makeKey(scopes: string): Promise<string> {
  const args = ["key", "create", "--org", orgId, "--name", scopes, "--scopes", scopes];
  return (await shell.run(args, { json: true })).json.secret;
}

type Opened = { status: number; endedAt: Promise<number> };

function openStream(path: string, headers: Record<string, string>): Promise<Opened> {
  return new Promise((resolve, reject) => {
    get(url + path, { headers, agent: false }, (answer: IncomingMessage) => {
      const endedAt = new Promise<number>((ended) => answer.once("close", () => ended(Date.now())));
      answer.resume().on("error", () => undefined);
      resolve({ status: answer.statusCode ?? 0, endedAt });
    }).once("error", reject);
  });
}

async function readMetric(name: string): Promise<number> {
  const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${metricsKey}` } });
  const line = (await answer.text()).split("\n").find((one) => one.startsWith(`${name} `));
  return Number(line?.split(" ")[1] ?? 0);
}

describe("a stream of changes", () => {
  it("ends when its API key expires", async () => {
    const secret = await makeKey("read");
    const expiresAt = Date.now() + LIFETIME_MS;
    database.prepare("UPDATE api_keys SET expires_at = ? WHERE prefix = ?").run(expiresAt, prefixOf(secret));
    const stream = await openStream("/api/v1/stream", { authorization: `Bearer ${secret}` });
    expect(stream.status).toBe(200);
    const endedAt = await stream.endedAt;
    expect(endedAt).toBeGreaterThanOrEqual(expiresAt);
    expect(endedAt).toBeLessThan(expiresAt + MAX_DELAY_MS);
    expect(await readMetric('muster_streams_ended_total{reason="expired"}')).toBeGreaterThan(0);
  });

  it("ends when its session is seven days old", async () => {
    const cookie = await signIn(url, EMAIL, PASSWORD);
    const expiresAt = Date.now() + LIFETIME_MS;
    database.prepare("UPDATE sessions SET created_at = ?").run(expiresAt - MAX_SESSION_AGE_MS);
    const stream = await openStream("/api/v1/stream", { cookie });
    expect(stream.status).toBe(200);
    const endedAt = await stream.endedAt;
    expect(endedAt).toBeGreaterThanOrEqual(expiresAt);
    expect(endedAt).toBeLessThan(expiresAt + MAX_DELAY_MS);
  });

  it("ends when its key is revoked", async () => {
    const made = (
      await shell.run(["key", "create", "--org", orgId, "--name", "r", "--scopes", "read"], { json: true })
    ).json;
    const stream = await openStream("/api/v1/stream", { authorization: `Bearer ${made.secret}` });
    const revokedAt = Date.now();
    database
      .prepare("UPDATE api_keys SET revoked_at = ? WHERE prefix = ?")
      .run(revokedAt, prefixOf(made.secret));
    database.prepare("UPDATE auth_epoch SET epoch = epoch + 1").run();
    expect((await stream.endedAt) - revokedAt).toBeLessThan(MAX_DELAY_MS);
  });

  function prefixOf(secret: string): string {
    const rows = database.prepare("SELECT prefix FROM api_keys").all() as { prefix: string }[];
    return rows.find(({ prefix }) => secret.startsWith(prefix))?.prefix ?? "";
  }
});

describe("the stream of an agent", () => {
  it("opens at the rate of a device's requests, and only one of a device is open", async () => {
    const device = await enrolDevice(url, await makeEnrolmentToken(url, apiKey));
    const before = await countSockets(server.process.pid);
    const headers = { authorization: `Bearer ${device.bearer}` };
    const statuses: number[] = [];
    const startedAt = Date.now();
    for (let batch = 0; batch < 38; batch += 1) {
      const opened = await Promise.all(
        Array.from({ length: 40 }, () => openStream("/api/v1/agent/stream", headers)),
      );
      statuses.push(...opened.map(({ status }) => status));
    }
    const seconds = (Date.now() - startedAt) / 1000;
    const accepted = statuses.filter((status) => status === 200).length;
    expect(statuses.filter((status) => status === 429)).toHaveLength(1_520 - accepted);
    expect(accepted).toBeLessThanOrEqual(60 + 5 * seconds + 1);
    await expect.poll(() => readMetric("muster_agent_streams_open")).toBe(1);
    await expect.poll(() => countSockets(server.process.pid)).toBeLessThanOrEqual(before + 3);
    expect(await readMetric('muster_streams_ended_total{reason="replaced"}')).toBe(accepted - 1);
  });
});

describe("the sessions of one user", () => {
  it("are limited to twenty: another sign-in ends the oldest, and the audit log contains it", async () => {
    const cookies: string[] = [];
    for (let count = 0; count < MAX_SESSIONS + 2; count += 1)
      cookies.push(await signIn(url, EMAIL, PASSWORD));
    const statusOf = async (cookie = "") => (await fetch(`${url}/api/v1/me`, { headers: { cookie } })).status;
    expect(await statusOf(cookies[0])).toBe(401);
    expect(await statusOf(cookies[1])).toBe(401);
    expect(await statusOf(cookies[2])).toBe(200);
    expect(await statusOf(cookies.at(-1))).toBe(200);
    const audit = await fetch(`${url}/api/v1/audit?search=too-many-sessions`, {
      headers: { cookie: cookies.at(-1) ?? "" },
    });
    expect((await audit.json()).items[0]).toMatchObject({
      action: "user.session-ended",
      subject: { type: "user", name: "Olive" },
      details: { reason: "too-many-sessions", signedInAt: expect.any(String) },
    });
  });

  it("share one limit of requests", async () => {
    const cookies = [
      await signIn(url, EMAIL, PASSWORD),
      await signIn(url, EMAIL, PASSWORD),
      await signIn(url, EMAIL, PASSWORD),
    ];
    const statuses = await Promise.all(
      cookies.flatMap((cookie) =>
        Array.from(
          { length: 50 },
          async () => (await fetch(`${url}/api/v1/me`, { headers: { cookie } })).status,
        ),
      ),
    );
    expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(101);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(49);
  });
});
