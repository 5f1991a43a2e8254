import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { migrations } from "../../server/migrations/index.ts";
import { openStore } from "../../server/src/platform/database/open-store.ts";
import { startComposedServer } from "../harness/composed-server.ts";
import { openShell, type TestShell } from "../harness/command-line.ts";
import { DIALECTS } from "../harness/test-store.ts";

const YEAR_MS = 365 * 86_400_000;

describe.each(DIALECTS)("a database that was last used a year ago on %s", (dialect) => {
  let shell: TestShell;
  let apiKey: string;
  const lastUsedAt = Date.now() - YEAR_MS;

  beforeEach(async () => {
    shell = await openShell(dialect);
    await shell.run(["org", "create", "Harbour IT"]);
    const args = ["key", "create", "--name", "metrics", "--scopes", "metrics"];
    apiKey = (await shell.run(args, { json: true })).json.secret;
    const store = await openStore({ url: shell.databaseUrl, log: pino({ level: "silent" }), migrations });
    await store.transaction((tx) =>
      tx.updateTable("retention_clock").set({ reached_at: lastUsedAt, checked_at: lastUsedAt }).execute(),
    );
    await store.close();
  });
  afterEach(() => shell.remove());

  async function readMetrics(url: string): Promise<string> {
    const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${apiKey}` } });
    return answer.text();
  }

  async function readRetention() {
    const { json } = await shell.run(["doctor"], { json: true });
    return json.checks.find(({ check }: { check: string }) => check === "retention");
  }

  it("shows in metrics, doctor and status that deletion by age is held, until it is confirmed", async () => {
    const server = await startComposedServer(shell.environment);
    try {
      await expect
        .poll(async () => (await shell.run(["retention", "status"], { json: true })).json.state, {
          timeout: 30_000,
        })
        .toBe("clock-ahead");
      expect(await readMetrics(server.url)).toMatch(/^muster_retention_held 1$/m);
      expect(await readRetention()).toMatchObject({
        state: "warn",
        message: expect.stringContaining("ahead"),
      });
      const { out } = await shell.run(["retention", "status"]);
      expect(out).toContain("muster retention confirm");

      const startedAt = Date.now();
      const { json } = await shell.run(["retention", "confirm"], { json: true });
      expect(json.state).toBe("ok");
      expect(Date.parse(json.reachedAt)).toBeGreaterThanOrEqual(startedAt);
      expect(await readRetention()).toMatchObject({ state: "ok" });
    } finally {
      await server.close();
    }
  });
});
