import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import type { Socket } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openShell, type TestShell } from "../harness/command-line.ts";
import { type ComposedServer, startComposedServer } from "../harness/composed-server.ts";
import { linuxProgram } from "../harness/releases-world.ts";
import { startImpatientServer } from "../harness/server-process.ts";
import { send } from "./http-client.ts";
import { openConnection } from "./raw-request.ts";
import { makeTenant } from "./tenant.ts";

const ADDRESS = "/install/agent/linux-x64";
const SLOTS_PER_ADDRESS = 32;
const BURST = 100;
/** More than the buffers of a connection hold, so that an answer waits for its reader. */
const LARGE_BYTES = 16 * 1_048_576;

describe("downloads of agents", () => {
  let shell: TestShell;
  let server: ComposedServer;

  beforeAll(async () => {
    shell = await openShell("sqlite");
    await shell.run(["org", "create", "First"]);
    await offerLargeAgent(shell);
    server = await startComposedServer(shell.environment);
  });
  afterAll(async () => {
    await server.close();
    await shell.remove();
  });

  const head = (address = ADDRESS, headers = {}) => fetch(server.url + address, { method: "HEAD", headers });

  it("need no credential, and a wrong one does not matter", async () => {
    expect((await head()).status).toBe(200);
    expect((await head(ADDRESS, { authorization: "Bearer wrong" })).status).toBe(200);
  });

  it.each([
    "/install/agent/..%2f..%2fmaster.key",
    "/install/agent/%2e%2e/%2e%2e/master.key",
    "/install/agent/linux-x64%00",
    "/install/agent/linux-x64/../../master.key",
    "/install/agent/linux-x64?sha256=../../master.key",
    `/install/agent/linux-x64?sha256=${"a".repeat(63)}/`,
    `/install/agent/linux-x64?sha256=${"a".repeat(64)}`,
    "/install/agent/linux-x64?sha256=id",
    "/install/agent/linux-arm64",
    "/install/agent/store",
    "/install/nothing",
  ])("of %s give no file and no path of the server", async (address) => {
    const answer = await fetch(server.url + address);
    const text = await answer.text();
    // Outside /install is the dashboard, which answers every page.
    if (answer.status === 200) expect(answer.headers.get("content-type")).toContain("text/html");
    else expect([400, 404]).toContain(answer.status);
    expect(answer.headers.get("content-disposition")).toBeNull();
    expect(text).not.toContain(shell.dataDir);
    expect(text).not.toContain(process.cwd());
  });

  it("run at the same time up to a number, and give their place back when the client leaves", async () => {
    const sockets = await Promise.all(
      Array.from({ length: SLOTS_PER_ADDRESS }, () => startIdleDownload(server.url)),
    );
    const refused = await head();
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await fetch(`${server.url}/api/health`)).status).toBe(200);
    for (const socket of sockets) socket.destroy();
    await expect.poll(async () => (await head()).status).toBe(200);
  });

  it("are built for server administrators only, with an entry in the audit log", async () => {
    const tenant = await makeTenant(server.url, shell, "Own");
    const request = { system: "linux-x64" };
    const post = () => send(server.url, "post", "/api/v1/artefacts/builds", tenant.as("owner"), request);
    expect((await post()).status).toBe(403);
    await tenant.makeServerAdmin();
    expect(await post()).toMatchObject({ status: 201, body: { system: "linux-x64", isBuilding: true } });
    const { body } = await send(server.url, "get", "/api/v1/audit", tenant.as("owner"));
    expect(body.items[0]).toMatchObject({ action: "agent.build-requested", subject: { id: "linux-x64" } });
    const list = await send(server.url, "get", "/api/v1/artefacts", tenant.as("viewer"));
    expect(list.text).not.toContain(shell.dataDir);
    expect(list.text).not.toContain(tenant.orgId);
  });

  // The last one: it uses up what the address may do.
  it("are limited for each address, with the time to wait", async () => {
    const answers = await Promise.all(Array.from({ length: BURST + 5 }, () => head()));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(Number(refused[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(answers.every(({ status }) => [200, 429, 503].includes(status))).toBe(true);
  });
});

it("a client that does not read its download is cut, and gives its place back", async () => {
  const shell = await openShell("sqlite");
  await shell.run(["org", "create", "First"]);
  await offerLargeAgent(shell);
  const server = startImpatientServer(shell.environment, { unreadMs: 500, checkMs: 100 });
  const { url } = await server.ready;
  const sockets = await Promise.all(Array.from({ length: SLOTS_PER_ADDRESS }, () => startIdleDownload(url)));
  expect((await fetch(url + ADDRESS, { method: "HEAD" })).status).toBe(503);
  await expect.poll(async () => (await fetch(url + ADDRESS, { method: "HEAD" })).status).toBe(200);
  for (const socket of sockets) socket.destroy();
  server.process.kill("SIGTERM");
  await server.exited;
  await shell.remove();
});

async function offerLargeAgent(shell: TestShell): Promise<void> {
  const file = path.join(shell.dataDir, "agent");
  await writeFile(file, linuxProgram("x".repeat(LARGE_BYTES)));
  await shell.run(["artefacts", "add", "--system", "linux-x64", "--version", "0.1.0", file]);
}

/** A client that asks for the file and reads nothing. */
async function startIdleDownload(url: string): Promise<Socket> {
  const socket = openConnection(url);
  socket.on("error", () => undefined);
  socket.write(`GET ${ADDRESS} HTTP/1.1\r\nhost: localhost\r\n\r\n`);
  await once(socket, "readable");
  return socket;
}
