import { copyFileSync, existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { send } from "../security/http-client.ts";
import { makeTenant, statement, type Tenant } from "../security/tenant.ts";
import { openShell, type TestShell } from "../harness/command-line.ts";
import { type ServerProcess, startServerProcess } from "../harness/server-process.ts";

describe("a backup of a SQLite server", () => {
  let shell: TestShell;
  let server: ServerProcess;
  let tenant: Tenant;
  let url: string;
  let file: string;

  async function start(): Promise<void> {
    server = startServerProcess(shell.environment);
    ({ url } = await server.ready);
  }
  async function stop(): Promise<void> {
    server.process.kill("SIGTERM");
    await server.exited;
  }

  beforeEach(async () => {
    shell = await openShell("sqlite");
    await shell.run(["org", "create", "First"]);
    await start();
    tenant = await makeTenant(url, shell, "Restored");
    file = path.join(path.dirname(shell.dataDir), "muster.backup");
  });
  afterEach(async () => {
    await stop();
    await shell.remove();
  });

  test("with a pending reboot that is cancelled later reboots nothing after a restore", async () => {
    const device = await tenant.enrol();
    const owner = tenant.as("owner");
    const reboot = { type: "reboot", payload: {}, deviceIds: [device.id] };
    const { actions } = (await send(url, "post", "/api/v1/actions", owner, reboot)).body;
    const [{ id }] = actions;
    expect((await shell.run(["backup", file])).exitCode).toBe(0);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((await send(url, "post", `/api/v1/actions/${id}/cancel`, owner)).body.state).toBe("cancelled");
    await stop();

    const restored = await shell.run(["restore", file], { json: true });
    expect(restored).toMatchObject({ exitCode: 0, json: { endedActions: 1 } });
    expect(existsSync(restored.json.kept)).toBe(true);
    await start();
    expect((await send(url, "get", `/api/v1/actions/${id}`, owner)).body).toMatchObject({
      state: "error",
      error: { code: "restored" },
    });
    const claim = statement(device, { says: "claim", nonce: "n".repeat(43), bootId: "b", sentAt: 0 });
    const claimed = await send(url, "post", "/api/v1/agent/actions/claim", device.credential, claim);
    expect(claimed).toMatchObject({ status: 200, body: { envelopes: [] } });
    const audit = await send(url, "get", "/api/v1/audit", owner);
    expect(audit.body.items.map(({ action }: { action: string }) => action)).toContain("server.restored");
  });

  test("cannot be restored to a running server, and changes nothing", async () => {
    await shell.run(["backup", file]);
    const refused = await shell.run(["restore", file]);
    expect(refused).toMatchObject({ exitCode: 1 });
    expect(refused.err).toContain("Another server uses");
  });

  test("is not written over an existing file", async () => {
    await shell.run(["backup", file]);
    expect((await shell.run(["backup", file])).err).toContain("exists");
  });

  test.each([
    ["is no database", (at: string) => writeFileSync(at, "hello")],
    [
      "is cut short",
      (at: string, whole: string) => {
        copyFileSync(whole, at);
        writeFileSync(at, Buffer.alloc(4096), { flag: "r+" });
      },
    ],
  ])("is refused when it %s, and the database does not change", async (_, spoil) => {
    await shell.run(["backup", file]);
    await stop();
    const spoilt = `${file}.spoilt`;
    spoil(spoilt, file);
    expect((await shell.run(["restore", spoilt])).exitCode).toBe(1);
    expect(readdirSync(shell.dataDir).filter((name) => name.includes("restor"))).toEqual([]);
    await start();
    expect((await send(url, "get", "/api/v1/me", tenant.as("owner"))).status).toBe(200);
  });

  test("of another server is refused, because its secrets do not open under this master key", async () => {
    const foreign = await openShell("sqlite");
    await foreign.run(["org", "create", "Foreign"]);
    await foreign.run(["backup", file]);
    await foreign.remove();
    await stop();
    expect((await shell.run(["restore", file])).exitCode).toBe(1);
    await start();
    expect((await send(url, "get", "/api/v1/me", tenant.as("owner"))).status).toBe(200);
  });
});

test("on PostgreSQL the command names the tools, and ends what waited after a restore", async () => {
  const shell = await openShell("postgres");
  await shell.run(["org", "create", "First"]);
  expect((await shell.run(["backup", "anywhere"])).err).toContain("pg_dump");
  expect((await shell.run(["restored"], { json: true })).json).toEqual({ endedActions: 0 });
  await shell.remove();
});
