import { openSync, readFileSync, renameSync, writeFileSync, writeSync, closeSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ComposedServer, startComposedServer } from "../harness/composed-server.ts";
import { openShell, type TestShell } from "../harness/command-line.ts";
import { DIALECTS } from "../harness/test-store.ts";

describe("the command line beside a SQLite server", () => {
  let shell: TestShell;
  let server: ComposedServer | null;
  let file: string;
  beforeEach(async () => {
    shell = await openShell("sqlite");
    await shell.run(["org", "create", "Harbour IT"]);
    server = null;
    file = path.join(shell.dataDir, "muster.db");
  });
  afterEach(async () => {
    await server?.close();
    await shell.remove();
  });

  test("reports that the database file was moved away, and creates no new one", async () => {
    server = await startComposedServer(shell.environment);
    renameSync(file, `${file}.away`);
    try {
      expect((await fetch(`${server.url}/api/health`)).status).toBe(503);
      for (const command of [
        ["org", "list"],
        ["org", "create", "Another"],
      ]) {
        const { exitCode, err } = await shell.run(command);
        expect([exitCode, err]).toEqual([1, expect.stringContaining("was moved or deleted")]);
      }
    } finally {
      renameSync(`${file}.away`, file);
    }
    expect((await fetch(`${server.url}/api/health`)).status).toBe(200);
  });

  test("refuses a damaged backup in one sentence", async () => {
    const backup = path.join(shell.dataDir, "backup");
    await shell.run(["backup", backup]);
    const pages = readFileSync(backup);
    const handle = openSync(backup, "r+");
    for (let page = 8; page < pages.length / 4096; page += 1) {
      writeSync(handle, Buffer.alloc(1024, 0x5a), 0, 1024, page * 4096);
    }
    closeSync(handle);
    const { exitCode, err } = await shell.run(["restore", backup]);
    expect(exitCode).toBe(1);
    expect(err.trimEnd().split("\n")).toHaveLength(1);
  });

  test("reports in one sentence that a file is not a backup", async () => {
    const backup = path.join(shell.dataDir, "backup");
    writeFileSync(backup, "no database");
    const { exitCode, err } = await shell.run(["restore", backup]);
    expect([exitCode, err.trimEnd().split("\n").length]).toEqual([1, 1]);
  });

  test("prints the same format for every kind of new key", async () => {
    const shapes = [];
    for (const kind of [
      ["--scopes", "read"],
      ["--compat", "dashfleet-agent"],
    ]) {
      const { json } = await shell.run(["key", "create", "--name", "k", ...kind], { json: true });
      shapes.push([Object.keys(json), Object.keys(json.key)]);
    }
    expect(shapes[0]?.[0]).toEqual(["id", "apiKey", "expiresAt", "key", "secret"]);
    expect(shapes[1]).toEqual(shapes[0]);
  });
});

describe.each(DIALECTS)("muster restored on %s", (dialect) => {
  test("warns beside a running server, and only then", async () => {
    const shell = await openShell(dialect);
    await shell.run(["org", "create", "Harbour IT"]);
    expect((await shell.run(["restored"])).err).toBe("");
    const server = await startComposedServer(shell.environment);
    try {
      await expect
        .poll(async () => (await shell.run(["restored"])).err)
        .toContain("A server uses this database");
    } finally {
      await server.close();
      await shell.remove();
    }
  });
});
