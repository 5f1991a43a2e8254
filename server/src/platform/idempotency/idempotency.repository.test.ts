import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createManualClock, type ManualClock } from "../../../../tests/harness/manual-clock.ts";
import { DIALECTS, openTestStore, type TestStore } from "../../../../tests/harness/test-store.ts";
import type { Store } from "../database/store.ts";
import { createSealer } from "../crypto/sealer.ts";
import type { ApiKeyCaller } from "../http/caller.ts";
import type { RouteDefinition } from "../http/route.ts";
import { createClaimingStore } from "./claiming-store.ts";
import { createIdempotency, type Idempotency } from "./idempotency.ts";

const DAY_MS = 24 * 3_600_000;
const definition = { method: "post", path: "/api/v1/things" } as RouteDefinition;
const caller: ApiKeyCaller = {
  kind: "api-key",
  orgId: "org",
  keyId: "key",
  name: "tests",
  role: "admin",
  scopes: [],
  customerIds: null,
};

describe.each(DIALECTS)("idempotency keys on %s", (dialect) => {
  let test: TestStore;
  let store: Store;
  let clock: ManualClock;
  let idempotency: Idempotency;

  beforeEach(async () => {
    test = await openTestStore(dialect);
    clock = createManualClock();
    store = createClaimingStore(test.store);
    idempotency = createIdempotency({ store, clock, sealer: createSealer(Buffer.alloc(32, 1)) });
  });
  afterEach(() => test.remove());

  /** Writes a setting, as a route writes its row, and answers with its value. */
  const write = (value: string) =>
    store.transaction(async (tx) => {
      await tx.insertInto("server_settings").values({ name: value, value }).execute();
      return value;
    });
  const count = async () =>
    (await store.read.selectFrom("server_settings").select("name").where("name", "like", "thing-%").execute())
      .length;
  const perform = async (
    run: () => Promise<string>,
    change: { key?: string; input?: unknown; keyId?: string } = {},
  ) => {
    const { key = "once", input = {}, keyId = "key" } = change;
    const request = { caller: { ...caller, keyId }, key, definition, input };
    const performed = await idempotency.perform(request, run, (body) => ({ body }));
    return performed.isRepeated ? ["repeated", performed.answer.body] : ["done", performed.result];
  };

  it("performs a request once, and repeats its answer to the same caller", async () => {
    expect(await perform(() => write("thing-1"))).toEqual(["done", "thing-1"]);
    expect(await perform(() => write("thing-2"))).toEqual(["repeated", "thing-1"]);
    expect(await perform(() => write("thing-3"), { keyId: "other" })).toEqual(["done", "thing-3"]);
    expect(await perform(() => write("thing-4"), { key: "twice" })).toEqual(["done", "thing-4"]);
    await expect(perform(() => write("thing-5"), { input: { a: 1 } })).rejects.toThrow(/another request/);
    expect(await count()).toBe(3);
  });

  it("performs one of several that arrive together", async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 5 }, (_, index) => perform(() => write(`thing-${index}`))),
    );
    const done = outcomes.filter((outcome) => outcome.status === "fulfilled" && outcome.value[0] === "done");
    expect([done.length, await count()]).toEqual([1, 1]);
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") expect(outcome.reason.message).toMatch(/It may still run/);
    }
  });

  it("does not remember a request that changed nothing", async () => {
    const refuse = () => Promise.reject(new Error("refused"));
    await expect(perform(refuse)).rejects.toThrow("refused");
    const half = () => store.transaction(() => Promise.reject(new Error("broken")));
    await expect(perform(half)).rejects.toThrow("broken");
    expect(await perform(() => write("thing-1"))).toEqual(["done", "thing-1"]);
  });

  it("refuses to repeat a request whose answer was lost after its change was stored", async () => {
    const crash = async () => {
      await write("thing-1");
      throw new Error("killed");
    };
    await expect(perform(crash)).rejects.toThrow("killed");
    await expect(perform(() => write("thing-2"))).rejects.toThrow(/Look at its result/);
    expect(await count()).toBe(1);
  });

  it("keeps answers sealed, for 24 hours", async () => {
    await perform(() => write("thing-secret"));
    const rows = await store.read
      .selectFrom("idempotent_requests")
      .select(["answer", "fingerprint"])
      .execute();
    expect(Buffer.from(rows[0]?.answer ?? []).includes("thing-secret")).toBe(false);
    const guessed = createHash("sha256").update(`${definition.path}\n{}`).digest("base64url");
    expect(rows[0]?.fingerprint).not.toBe(guessed);
    clock.advance(DAY_MS);
    expect(await perform(() => write("thing-1"))).toEqual(["done", "thing-1"]);
    clock.advance(DAY_MS);
    await idempotency.job.run(new AbortController().signal);
    expect(await store.read.selectFrom("idempotent_requests").select("answer").execute()).toEqual([]);
  });

  it.each(["", "two words", "x".repeat(256), "naïve"])("refuses the key %j", async (key) => {
    await expect(perform(() => write("thing-1"), { key })).rejects.toThrow(/1 to 255 printable/);
  });
});
