import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestStore, type TestStore } from "../../../../tests/harness/test-store.ts";
import { createJournalChain } from "./journal-chain.repository.ts";

const ROWS = 10_000;
let place: TestStore;

beforeAll(async () => {
  place = await openTestStore("sqlite");
  const { engine } = place.store;
  if (engine.kind !== "sqlite") throw new Error("This test needs SQLite.");
  const insert = engine.writer.prepare(
    "insert into journal (id, device_no, at, received_at, previous, samples) values (?, 1, ?, ?, ?, x'00')",
  );
  await engine.runExclusive(() => {
    for (let id = 1; id <= ROWS; id += 1) insert.run(id, id, id, id === 1 ? null : id - 1);
  });
});
afterAll(() => place.remove());

test("follows the chain of a device with very many rows, with pauses in between", async () => {
  let turns = 0;
  const count = () => {
    turns += 1;
    next = setImmediate(count);
  };
  let next = setImmediate(count);
  const rows = await createJournalChain(place.store).follow([ROWS], 0);
  clearImmediate(next);
  expect([rows.length, rows[0]?.id, rows.at(-1)?.id]).toEqual([ROWS, ROWS, 1]);
  expect(turns).toBeGreaterThanOrEqual(9);
});
