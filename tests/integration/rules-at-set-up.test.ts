import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openShell, type TestShell } from "../harness/command-line.ts";
import { type ComposedServer, startComposedServer } from "../harness/composed-server.ts";
import { PASSWORD } from "../harness/identity-server.ts";
import { DIALECTS } from "../harness/test-store.ts";
import { type Credential, send } from "../security/http-client.ts";
import { signIn } from "../security/sign-in.ts";

describe.each(DIALECTS)("alarm rules at set-up on %s", (dialect) => {
  let shell: TestShell;
  let server: ComposedServer;
  beforeEach(async () => {
    shell = await openShell(dialect);
    server = await startComposedServer({ ...shell.environment, MUSTER_BUILD_AGENT: "0" });
  });
  afterEach(async () => {
    await server.close();
    await shell.remove();
  });

  /** Completes the set-up, and returns the names of the rules that the owner then finds. */
  async function setUp(choice: object): Promise<string[]> {
    const link = (await server.createSetupUrl()) ?? "";
    const [token = ""] = /[^/]+$/.exec(link) ?? [];
    const form = { organizationName: "Acme", name: "Ada", email: "ada@acme.example", password: PASSWORD };
    const body = { ...form, ...choice };
    const done = await send(server.url, "post", `/api/v1/setup/${token}`, { kind: "none" }, body);
    expect(done.status).toBe(200);
    const owner: Credential = { kind: "session", cookie: done.cookie ?? "", origin: server.url };
    return namesOfRules(owner);
  }
  async function namesOfRules(credential: Credential): Promise<string[]> {
    const { items } = (await send(server.url, "get", "/api/v1/alarm-rules", credential)).body;
    return items.map(({ name }: { name: string }) => name);
  }

  test("are Muster's own ones, unless another pack is chosen", async () => {
    expect(await setUp({})).toHaveLength(11);
  });

  test("are those of the chosen pack alone", async () => {
    expect(await setUp({ alarmRules: "devopin" })).toEqual([
      "CPU above 80 %",
      "Memory above 85 %",
      "Disk above 90 %",
    ]);
  });

  test("stay as somebody has changed them before", async () => {
    await server.createSetupUrl();
    const admin = ["--email", "early@acme.example", "--name", "Early", "--role", "admin"];
    await shell.run(["user", "create", ...admin, "--password-stdin"], { stdin: PASSWORD });
    const cookie = await signIn(server.url, "early@acme.example", PASSWORD);
    const early: Credential = { kind: "session", cookie, origin: server.url };
    const rule = { name: "Ours", type: "offline", settings: {} };
    expect((await send(server.url, "post", "/api/v1/alarm-rules", early, rule)).status).toBe(201);
    expect(await setUp({ alarmRules: "lab" })).toHaveLength(12);
  });
});
