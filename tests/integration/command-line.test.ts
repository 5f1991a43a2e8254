import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { sql, type Transaction } from "kysely";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { migrations } from "../../server/migrations/index.ts";
import { openStore } from "../../server/src/platform/database/open-store.ts";
import type { Store } from "../../server/src/platform/database/store.ts";
import type { Tables } from "../../server/src/platform/database/tables.ts";
import { openShell, type TestShell } from "../harness/command-line.ts";
import { type IdentityServer, PASSWORD, serveIdentity } from "../harness/identity-server.ts";
import { createManualClock, type ManualClock } from "../harness/manual-clock.ts";
import { DIALECTS } from "../harness/test-store.ts";

const LOGIN = "/api/v1/auth/login";

describe.each(DIALECTS)("the command line on %s", (dialect) => {
  let shell: TestShell;
  let store: Store | undefined;
  let clock: ManualClock;
  beforeEach(async () => {
    shell = await openShell(dialect);
    clock = createManualClock(Date.now());
  });
  afterEach(async () => {
    await store?.close();
    store = undefined;
    await shell.remove();
  });

  /** A server that runs on the same database meanwhile. */
  const serve = async (): Promise<IdentityServer> => {
    store = await openStore({ url: shell.databaseUrl, log: pino({ level: "silent" }), migrations });
    return serveIdentity(store, clock);
  };
  const createOrg = async (name = "Harbour IT") =>
    (await shell.run(["org", "create", name], { json: true })).json as { orgId: string; apiKey: string };

  test.each([
    [["org", "list"]],
    [["user", "list"]],
    [["user", "create", "--email", "a@b.example", "--name", "A", "--role", "owner"]],
    [["key", "create", "--name", "k", "--scopes", "read"]],
    [["token", "list"]],
    [["setup-link"]],
  ])("creates nothing where there is no database, and reports it: %j", async (args) => {
    const { exitCode, out, err } = await shell.run(args);
    expect([exitCode, out]).toEqual([1, ""]);
    expect(err).toMatch(/^muster: There is no database at .+ yet\. Start the server once .+\n$/);
    expect(existsSync(shell.dataDir)).toBe(false);
  });

  test("creates, changes, lists, merges and deletes customers", async () => {
    await createOrg();
    const run = async (...args: string[]) => (await shell.run(["customer", ...args], { json: true })).json;
    const { customer: one } = await run("create", "Quay", "--email", "quay@x.example");
    const { customer: two } = await run("create", "Jetty", "--company", "Jetty Ltd");
    expect((await run("change", one.id, "--name", "Quay Side")).customer).toMatchObject({
      name: "Quay Side",
      version: 2,
    });
    expect((await run("list", "--search", "quay")).items).toMatchObject([{ id: one.id, devices: 0 }]);
    await run("archive", two.id);
    expect((await run("list", "--archived")).items).toMatchObject([{ id: two.id }]);
    await run("restore", two.id);
    expect((await run("merge", one.id, "--into", two.id)).customer).toMatchObject({
      email: "quay@x.example",
    });
    expect((await run("show", one.id)).error.code).toBe("not-found");
    const text = (await shell.run(["customer", "show", two.id])).out;
    expect(text).toContain("Company:  Jetty Ltd");
    const key = await shell.run(["key", "create", "--name", "k", "--scopes", "read", "--customer", two.id], {
      json: true,
    });
    expect(key.json.key.customers).toEqual([{ id: two.id, name: "Jetty" }]);
    expect((await run("delete", two.id)).error.message).toContain("limited to it");
  });

  test("creates a data folder, a database and one organization with a key that works", async () => {
    const { exitCode, out, err } = await shell.run(["org", "create", "Harbour IT", "--json"]);
    expect([exitCode, err]).toEqual([0, ""]);
    const { orgId, apiKey } = JSON.parse(out) as { orgId: string; apiKey: string };
    expect(existsSync(path.join(shell.dataDir, "master.key"))).toBe(dialect === "sqlite");
    const server = await serve();
    const organization = await server.ask("GET", "/api/v1/organization", { bearer: apiKey });
    expect(organization.body).toMatchObject({ id: orgId, name: "Harbour IT" });
    expect((await server.ask("POST", "/api/v1/enrolment-tokens", { bearer: apiKey, body: {} })).status).toBe(
      201,
    );
    expect((await server.ask("PATCH", "/api/v1/organization", { bearer: apiKey, body: {} })).status).toBe(
      403,
    );
    expect((await server.identity.organizations.ensureFirst()).id).toBe(orgId);
  });

  test("creates users who can sign in, with a password from standard input or one that it shows once", async () => {
    const { orgId } = await createOrg();
    const create = ["user", "create", "--org", orgId, "--role", "owner", "--name", "Ada", "--email"];
    const given = await shell.run([...create, "Ada@One.example", "--password-stdin"], {
      stdin: `${PASSWORD}\n`,
      json: true,
    });
    expect(given.json).toEqual({
      user: expect.objectContaining({ email: "ada@one.example", role: "owner" }),
      hadAccount: false,
    });
    const made = await shell.run([...create, "ada@two.example"], { json: true });
    const server = await serve();
    const signIn = async (email: string, password: string) =>
      (await server.ask("POST", LOGIN, { body: { email, password } })).status;
    expect(await signIn("ada@one.example", PASSWORD)).toBe(200);
    expect(await signIn("ada@two.example", made.json.password)).toBe(200);
    const reset = await shell.run(["user", "reset-password", "ada@one.example"], { json: true });
    expect(await signIn("ada@one.example", PASSWORD)).toBe(401);
    expect(await signIn("ada@one.example", reset.json.password)).toBe(200);
    expect((await shell.run(["user", "list"])).out).toContain("ada@two.example");
  });

  test("ends the sessions of a user who gets a new password, while the server runs", async () => {
    await createOrg();
    const person = ["--email", "ada@one.example", "--name", "Ada", "--role", "viewer", "--password-stdin"];
    await shell.run(["user", "create", ...person], { stdin: PASSWORD });
    const server = await serve();
    const body = { email: "ada@one.example", password: PASSWORD };
    const { cookie } = await server.ask("POST", LOGIN, { body });
    expect((await server.ask("GET", "/api/v1/me", { cookie })).status).toBe(200);
    await shell.run(["user", "reset-password", "ada@one.example"]);
    clock.advance(500);
    expect((await server.ask("GET", "/api/v1/me", { cookie })).status).toBe(401);
  });

  test("adds an existing account to another organization unchanged, and shows no password", async () => {
    const first = await createOrg("First");
    const second = await createOrg("Second");
    const create = [
      "user",
      "create",
      "--email",
      "ada@one.example",
      "--name",
      "Ada",
      "--role",
      "admin",
      "--org",
    ];
    await shell.run([...create, first.orgId, "--password-stdin"], { stdin: PASSWORD });
    const joined = await shell.run([...create, second.orgId], { json: true });
    expect(joined.json.hadAccount).toBe(true);
    expect(joined.json).not.toHaveProperty("password");
    expect((await shell.run([...create, second.orgId])).exitCode).toBe(1);
  });

  test("creates, lists and revokes keys; a server refuses a revoked one within half a second", async () => {
    const { orgId } = await createOrg();
    const options = ["--org", orgId, "--name", "Backup", "--scopes", "read,metrics", "--days", "2"];
    const made = (await shell.run(["key", "create", ...options], { json: true })).json;
    expect(made).toMatchObject({ id: made.key.id, apiKey: made.secret, expiresAt: made.key.expiresAt });
    expect(Date.parse(made.key.expiresAt) - Date.parse(made.key.createdAt)).toBe(2 * 86_400_000);
    const server = await serve();
    const use = async () => (await server.ask("GET", "/api/v1/organization", { bearer: made.secret })).status;
    expect(await use()).toBe(200);
    expect((await shell.run(["key", "revoke", made.key.id])).exitCode).toBe(0);
    clock.advance(500);
    expect(await use()).toBe(401);
    const list = await shell.run(["key", "list", "--org", orgId]);
    expect(list.out).toMatch(new RegExp(`${made.key.id}\\s+${made.key.prefix}\\s+revoked .*Backup`));
    expect(list.out).not.toContain(made.secret);
  });

  test("creates enrolment tokens that work, with a line that keeps the token out of the arguments", async () => {
    const { orgId } = await createOrg();
    const options = [
      "--uses",
      "2",
      "--hours",
      "3",
      "--approval",
      "--customer",
      "Acme",
      "--tag",
      "paris",
      "--tag",
      "lyon",
    ];
    const environment = { MUSTER_PUBLIC_URL: "https://muster.example.org" };
    const { json } = await shell.run(["token", "create", ...options], { json: true, environment });
    expect(json.enrolLine).toBe(
      `MUSTER_ENROL_TOKEN=${json.secret} muster-agent enrol --server https://muster.example.org`,
    );
    expect(json).toMatchObject({ token: json.secret, id: expect.any(String), expiresAt: expect.any(String) });
    const server = await serve();
    const grant = await server.store.transaction((tx) => server.identity.enrolment.consume(tx, json.secret));
    expect(grant).toMatchObject({
      orgId,
      customer: { name: "Acme" },
      tags: ["paris", "lyon"],
      needsApproval: true,
    });
    expect((await shell.run(["token", "list"])).out).toContain("1 of 2");
    await shell.run(["token", "revoke", json.id]);
    const again = server.store.transaction((tx) => server.identity.enrolment.consume(tx, json.secret));
    await expect(again).rejects.toMatchObject({ code: "enrolment-refused" });
  });

  test("creates set-up links until the server has an owner", async () => {
    await createOrg();
    const environment = { MUSTER_PUBLIC_URL: "https://muster.example.org" };
    const { json } = await shell.run(["setup-link"], { json: true, environment });
    const [, secret] = /^https:\/\/muster\.example\.org\/setup\/(ms_.+)$/.exec(json.url) ?? [];
    const server = await serve();
    const body = { organizationName: "Harbour", name: "Ada", email: "ada@one.example", password: PASSWORD };
    expect((await server.ask("POST", `/api/v1/setup/${secret}`, { body })).status).toBe(200);
    expect(await shell.run(["setup-link"])).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining("has an owner"),
    });
  });

  test("requires the organization when there are several", async () => {
    await createOrg("First");
    await createOrg("Second");
    expect(await shell.run(["key", "list"])).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining("--org"),
    });
    const unknown = "01890a5d-ac96-774b-bcce-b302099a8057";
    expect(await shell.run(["key", "list", "--org", unknown])).toMatchObject({ exitCode: 1 });
    const { json } = await shell.run(["org", "list"], { json: true });
    expect(json.items.map(({ name }: { name: string }) => name)).toEqual(["First", "Second"]);
  });

  test.each([
    [["org", "create", "bell\u0007"], "the name: must not contain control characters"],
    [["org", "create", "n".repeat(10_000)], "the name: must have at most 100 characters"],
    [["user", "create", "--email", "none", "--name", "A", "--role", "root"], "--email:"],
    [["key", "create", "--name", "k", "--scopes", "read,everything"], "--scopes:"],
    [
      ["key", "create", "--name", "k", "--scopes", "read", "--days", "soon"],
      "--days: must be a whole number",
    ],
    [["key", "revoke", "' or 1=1"], "the key: must be an id"],
    [["token", "create", "--hours", "0"], "--hours:"],
    [["token", "create", "--tag", "two words"], "--tag:"],
  ])("refuses invalid input with exit code 2: %j", async (args, message) => {
    await createOrg();
    const refused = await shell.run(args);
    expect([refused.exitCode, refused.out]).toEqual([2, ""]);
    expect(refused.err).toContain(`muster: ${message}`);
    expect((await shell.run(args, { json: true })).json.error).toMatchObject({ code: "usage" });
  });

  test("names the command line in the audit log", async () => {
    const { orgId } = await createOrg();
    await shell.run(["key", "create", "--name", "k", "--scopes", "read"]);
    const server = await serve();
    const { items } = await server.identity.audit.list({ orgId, customerIds: null }, { limit: 10 });
    expect(items.map(({ action }) => action).toSorted((a, b) => a.localeCompare(b))).toEqual([
      "api-key.created",
      "api-key.created",
      "organization.created",
    ]);
    expect(items.every(({ actor }) => actor.name === "command line (tester)")).toBe(true);
  });

  test("refuses a different master key, and a database of another version, in one line", async () => {
    await createOrg();
    const environment = { MUSTER_MASTER_KEY: Buffer.alloc(32, 9).toString("base64") };
    const wrong = await shell.run(["org", "list"], { environment });
    expect([wrong.exitCode, wrong.err]).toEqual([
      1,
      expect.stringMatching(/^muster: The master key .+ is not the key .+\n$/),
    ]);
    const server = await serve();
    const name = migrations.at(-1)?.name ?? "";
    await server.store.transaction((tx) => setVersion(tx, name, "9999-future"));
    const other = await shell.run(["org", "list"]);
    expect([other.exitCode, other.err]).toEqual([
      1,
      expect.stringMatching(/^muster: .*older version of Muster.*\n$/),
    ]);
  });

  test("prints help for every command", async () => {
    for (const args of [[], ["org"], ["user"], ["key"], ["token"], ["token", "create"], ["doctor"]]) {
      const { exitCode, out } = await shell.run([...args, "--help"]);
      expect([exitCode, out]).toEqual([0, expect.stringMatching(/^Usage: muster/)]);
    }
    expect((await shell.run(["nonsense"])).exitCode).toBe(2);
  });

  test("prints its version, which the version of an added agent is not", async () => {
    expect((await shell.run(["--version"])).out).toMatch(/^muster \d+\.\d+\.\d+\n$/);
    const add = ["artefacts", "add", "--system", "windows-x64", "--version", "1.2.0", "/no/such/file"];
    expect((await shell.run(add)).exitCode).not.toBe(0);
  });
});

test("npx muster runs it as a program", async () => {
  const shell = await openShell("sqlite");
  const program = path.join(import.meta.dirname, "../../server/bin/muster.mjs");
  const run = promisify(execFile);
  const options = { env: { ...process.env, ...shell.environment } };
  const created = await run(process.execPath, [program, "org", "create", "Harbour IT", "--json"], options);
  expect(Object.keys(JSON.parse(created.stdout))).toEqual(["orgId", "apiKey"]);
  await expect(run(process.execPath, [program, "nonsense"], options)).rejects.toMatchObject({ code: 2 });
  await shell.remove();
});

async function setVersion(tx: Transaction<Tables>, from: string, to: string): Promise<void> {
  await sql`update schema_migrations set name = ${to} where name = ${from}`.execute(tx);
}
