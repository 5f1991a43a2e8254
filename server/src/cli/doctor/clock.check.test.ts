import { expect, it } from "vitest";
import { loadConfiguration } from "../../platform/config/load-configuration.ts";
import type { DatabaseInspection } from "../../platform/database/inspect-database.ts";
import { clockCheck } from "./clock.check.ts";

const NOW = Date.UTC(2026, 5, 1);
const configuration = loadConfiguration({});

async function stateWith(clock: DatabaseInspection["clock"] | null, now = NOW): Promise<string> {
  const database = clock && {
    engine: "",
    applied: [],
    settings: new Map<string, string>(),
    damage: [],
    retention: null,
    clock,
  };
  return (await clockCheck.run({ configuration, database, now })).state;
}

it("refuses a clock that was never set", async () => {
  expect(await stateWith(null, 0)).toBe("fail");
  expect(await stateWith(null)).toBe("ok");
});

it("compares with the database server's, in both directions", async () => {
  const states = [];
  for (const offMs of [0, 1999, -2000, 59_999, 60_000, -60_000]) {
    states.push(await stateWith({ kind: "now", at: NOW + offMs }));
  }
  expect(states).toEqual(["ok", "ok", "warn", "warn", "fail", "fail"]);
});

it("finds a clock that is behind the last write, and does not use an old file", async () => {
  expect(await stateWith({ kind: "last-written", at: NOW + 3_600_000 })).toBe("fail");
  expect(await stateWith({ kind: "last-written", at: NOW - 3_600_000 })).toBe("ok");
});
