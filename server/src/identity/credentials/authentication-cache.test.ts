import { describe, expect, it } from "vitest";
import { createManualClock } from "../../../../tests/harness/manual-clock.ts";
import { createAuthenticationCache } from "./authentication-cache.ts";
import { createAuthEpochTracker } from "./auth-epoch-tracker.ts";

function start() {
  const clock = createManualClock();
  const database = { epoch: 1, name: "Ada", loads: 0, beforeAnswer: () => {} };
  const authEpoch = createAuthEpochTracker({ clock, maxAgeMs: 500, read: async () => database.epoch });
  const cache = createAuthenticationCache({
    authEpoch,
    clock,
    load: async (secretHash) => {
      database.loads += 1;
      const { name } = database;
      database.beforeAnswer();
      return secretHash === "known" ? { name } : null;
    },
  });
  return { clock, database, cache };
}

describe("an authentication cache", () => {
  it("loads each result once, also a refusal", async () => {
    const { cache, database } = start();
    for (let round = 0; round < 3; round += 1) {
      expect(await cache.find("known")).toEqual({ name: "Ada" });
      expect(await cache.find("unknown")).toBeNull();
    }
    expect(database.loads).toBe(2);
  });

  it("loads again when any right was revoked", async () => {
    const { cache, clock, database } = start();
    await cache.find("known");
    database.epoch = 2;
    database.name = "Ada, demoted";
    clock.advance(500);
    expect(await cache.find("known")).toEqual({ name: "Ada, demoted" });
  });

  it("does not keep what was read before a revocation that it missed", async () => {
    const { cache, clock, database } = start();
    database.beforeAnswer = () => {
      database.epoch = 2;
      database.name = "Ada, demoted";
    };
    expect(await cache.find("known")).toEqual({ name: "Ada" });
    clock.advance(500);
    expect(await cache.find("known")).toEqual({ name: "Ada, demoted" });
  });

  it("loads again after half a minute, for changes without an epoch", async () => {
    const { cache, clock, database } = start();
    await cache.find("known");
    database.name = "Ada Lovelace";
    clock.advance(29_999);
    expect(await cache.find("known")).toEqual({ name: "Ada" });
    clock.advance(1);
    expect(await cache.find("known")).toEqual({ name: "Ada Lovelace" });
  });
});
