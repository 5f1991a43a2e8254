import pino from "pino";
import { describe, expect, it } from "vitest";
import { systemClock } from "../clock.ts";
import { createApp } from "../http/app.ts";
import { createDatabaseCheck } from "./database-check.ts";
import { createHealthRoutes } from "./health.routes.ts";

const log = pino({ level: "silent" });

function ask(ping: () => Promise<void>) {
  const check = createDatabaseCheck({ store: { ping }, log, timeLimitMs: 5 });
  const routes = createHealthRoutes({ version: "1.2.3", check });
  const app = createApp({ routes, authenticate: async () => ({ kind: "nobody" }), log, clock: systemClock });
  return () => app.request("/api/health");
}

describe("GET /api/health", () => {
  it("is healthy when the database answers", async () => {
    const answer = await ask(async () => {})();
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      status: "ok",
      health: "healthy",
      version: "1.2.3",
      database: "ok",
    });
  });

  it("is unavailable when the database fails", async () => {
    const answer = await ask(async () => {
      throw new Error("gone");
    })();
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({
      status: "unavailable",
      health: "unhealthy",
      version: "1.2.3",
      database: "unavailable",
    });
  });

  it("does not wait for a database that hangs, and does not query it again meanwhile", async () => {
    let asked = 0;
    const gate = Promise.withResolvers<void>();
    const health = ask(() => {
      asked += 1;
      return gate.promise;
    });
    expect((await health()).status).toBe(503);
    expect((await health()).status).toBe(503);
    expect(asked).toBe(1);
    gate.resolve();
    await expect.poll(async () => (await health()).status).toBe(200);
  });
});
