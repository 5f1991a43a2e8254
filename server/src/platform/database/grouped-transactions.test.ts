import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestStore, type TestStore } from "../../../../tests/harness/test-store.ts";
import { createGroupedTransactions, type GroupedTransactions } from "./grouped-transactions.ts";

let opened: TestStore;
let commits: number;
let transact: GroupedTransactions;

beforeAll(async () => {
  opened = await openTestStore("sqlite");
  const { store } = opened;
  commits = 0;
  transact = createGroupedTransactions({
    ...store,
    transaction(work) {
      commits += 1;
      return store.transaction(work);
    },
  });
});
afterAll(() => opened.remove());

function write(name: string, fails = false): Promise<string> {
  return transact(async (tx) => {
    await tx.insertInto("server_settings").values({ name, value: "1" }).execute();
    if (fails) throw new Error(`no ${name}`);
    return name;
  });
}
async function written(): Promise<string[]> {
  const rows = await opened.store.read.selectFrom("server_settings").select("name").orderBy("name").execute();
  return rows.map(({ name }) => name).filter((name) => name.startsWith("many-"));
}

test("commits simultaneous transactions together, and rolls back only the one that fails", async () => {
  const outcomes = await Promise.allSettled([write("many-1"), write("many-2", true), write("many-3")]);
  expect(outcomes).toMatchObject([
    { status: "fulfilled", value: "many-1" },
    { status: "rejected", reason: { message: "no many-2" } },
    { status: "fulfilled", value: "many-3" },
  ]);
  expect(await written()).toEqual(["many-1", "many-3"]);
  expect(commits).toBe(1);
});

test("fails all transactions of a group that could not be committed", async () => {
  const { store } = opened;
  const failing = createGroupedTransactions({
    ...store,
    transaction: (work) =>
      store.transaction(async (tx) => {
        await work(tx);
        throw new Error("disk full");
      }),
  });
  const add = (name: string) =>
    failing((tx) => tx.insertInto("server_settings").values({ name, value: "1" }).execute());
  const outcomes = await Promise.allSettled([add("many-4"), add("many-5")]);
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(await written()).not.toContain("many-4");
});
