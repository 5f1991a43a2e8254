import { chmod, mkdir, open, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { once } from "node:events";
import path from "node:path";
import { sql } from "kysely";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { migrations } from "../../server/migrations/index.ts";
import { openStore } from "../../server/src/platform/database/open-store.ts";
import { openShell, type TestShell } from "../harness/command-line.ts";
import { DIALECTS } from "../harness/test-store.ts";

type Finding = { check: string; state: string; message: string; advice?: string };

async function diagnose(shell: TestShell, environment: Record<string, string> = {}) {
  const { exitCode, json } = await shell.run(["doctor"], { json: true, environment });
  const findings = new Map((json.checks as Finding[]).map((finding) => [finding.check, finding]));
  const bad = [...findings.values()].filter(({ state }) => state !== "ok");
  return {
    exitCode,
    healthy: json.healthy as boolean,
    findings,
    bad: bad.map(({ check, state }) => `${check}: ${state}`),
  };
}

describe.each(DIALECTS)("doctor on %s", (dialect) => {
  let shell: TestShell;
  beforeEach(async () => {
    shell = await openShell(dialect);
  });
  afterEach(() => shell.remove());

  test("reports no problem before the first start, and creates nothing", async () => {
    const { exitCode, bad } = await diagnose(shell);
    const isFile = dialect === "sqlite";
    expect(bad).toEqual(["data folder: warn", "database: warn", ...(isFile ? ["master key: warn"] : [])]);
    expect(exitCode).toBe(0);
    expect((await diagnose(shell)).bad).toEqual(bad);
  });

  test("finds nothing wrong with a new installation", async () => {
    await shell.run(["org", "create", "Harbour IT"]);
    const { exitCode, healthy, bad, findings } = await diagnose(shell);
    expect([exitCode, healthy, bad]).toEqual([0, true, []]);
    expect(findings.get("database")?.message).toMatch(/^(SQLite|PostgreSQL) \d/);
    const { out } = await shell.run(["doctor"]);
    expect(
      out
        .split("\n")
        .filter((line) => line !== "")
        .every((line) => line.startsWith("ok  ")),
    ).toBe(true);
  });

  test("names the problem in the configuration, without its value", async () => {
    const { exitCode, findings } = await diagnose(shell, { MUSTER_PORT: "s3cret", MUSTER_LOG_LEVEL: "loud" });
    expect(exitCode).toBe(1);
    expect(findings.get("configuration")?.message).toMatch(/MUSTER_PORT.+MUSTER_LOG_LEVEL/);
    expect(findings.get("configuration")?.message).not.toContain("s3cret");
  });

  test("finds a different master key", async () => {
    await shell.run(["org", "create", "Harbour IT"]);
    const { exitCode, bad } = await diagnose(shell, {
      MUSTER_MASTER_KEY: Buffer.alloc(32, 9).toString("base64"),
    });
    expect([exitCode, bad]).toEqual([1, ["master key: fail"]]);
  });

  test("finds a database of a newer and of an older version", async () => {
    await shell.run(["org", "create", "Harbour IT"]);
    const store = await openStore({ url: shell.databaseUrl, log: pino({ level: "silent" }), migrations });
    await store.transaction((tx) =>
      sql`insert into schema_migrations values ('9999-future', '')`.execute(tx),
    );
    expect((await diagnose(shell)).findings.get("database")).toMatchObject({
      state: "fail",
      message: expect.stringContaining("9999-future"),
    });
    await store.transaction((tx) => sql`delete from schema_migrations where name > '0020'`.execute(tx));
    await store.close();
    expect((await diagnose(shell)).findings.get("database")).toMatchObject({
      state: "warn",
      message: expect.stringContaining("behind"),
    });
  });

  test("finds a port that another program uses", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    other.on("connection", (socket) => socket.end("no\r\n"));
    const address = other.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const { exitCode, findings } = await diagnose(shell, { MUSTER_PORT: String(port) });
    other.close();
    expect([exitCode, findings.get("port")?.state]).toEqual([1, "fail"]);
  });
});

describe("doctor on files", () => {
  let shell: TestShell;
  beforeEach(async () => {
    shell = await openShell("sqlite");
    await shell.run(["org", "create", "Harbour IT"]);
  });
  afterEach(() => shell.remove());

  test("finds a folder and a key that others can read", async () => {
    await chmod(shell.dataDir, 0o755);
    await chmod(path.join(shell.dataDir, "master.key"), 0o644);
    const { exitCode, bad, findings } = await diagnose(shell);
    expect([exitCode, bad]).toEqual([0, ["data folder: warn", "master key: warn"]]);
    expect(findings.get("master key")?.advice).toBe(`chmod 600 ${path.join(shell.dataDir, "master.key")}`);
  });

  test("finds that the master key is missing", async () => {
    await rm(path.join(shell.dataDir, "master.key"));
    expect((await diagnose(shell)).bad).toEqual(["master key: fail"]);
    expect((await diagnose(shell)).bad).toEqual(["master key: fail"]);
  });

  test("finds damage inside the database", async () => {
    const file = await open(path.join(shell.dataDir, "muster.db"), "r+");
    const { size } = await file.stat();
    for (let page = 20; page < size / 4096; page += 3)
      await file.write(Buffer.alloc(2048, 0x5a), 0, 2048, page * 4096);
    await file.close();
    expect((await diagnose(shell)).findings.get("database")?.state).toBe("fail");
  });

  test("finds a file that is not a database, and a data folder that is a file", async () => {
    await writeFile(
      path.join(shell.dataDir, "muster.db"),
      "not a database, but long enough to look like a file of one",
    );
    expect((await diagnose(shell)).findings.get("database")?.state).toBe("fail");
    await mkdir(path.join(shell.dataDir, "sub"), { recursive: true });
    const file = path.join(shell.dataDir, "sub", "file");
    await writeFile(file, "");
    const { exitCode, findings } = await diagnose(shell, { MUSTER_DATA_DIR: file });
    expect([exitCode, findings.get("data folder")?.state]).toEqual([1, "fail"]);
  });
});
