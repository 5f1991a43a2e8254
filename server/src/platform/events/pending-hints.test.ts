import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Hint } from "./event-bus.ts";
import { readHint, writeHint } from "./hint-message.ts";
import { createPendingHints } from "./pending-hints.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const changed = (orgId: string, ...ids: string[]): Hint => ({ topic: "device.changed", orgId, ids });

function collect() {
  const sent: Hint[] = [];
  return { sent, pending: createPendingHints({ intervalMs: 1000, send: (hint) => sent.push(hint) }) };
}

it("sends the first hint of an organization soon and combines those of the next second", async () => {
  const { sent, pending } = collect();
  pending.add(changed("o1", "a"));
  pending.add(changed("o1", "a", "b"));
  await vi.advanceTimersByTimeAsync(1);
  expect(sent).toEqual([changed("o1", "a", "b")]);
  for (const id of ["c", "d", "c"]) pending.add(changed("o1", id));
  pending.add(changed("o2", "e"));
  await vi.advanceTimersByTimeAsync(990);
  expect(sent.slice(1)).toEqual([changed("o2", "e")]);
  await vi.advanceTimersByTimeAsync(20);
  expect(sent.slice(2)).toEqual([changed("o1", "c", "d")]);
});

it("sends a revocation without delay", () => {
  const { sent, pending } = collect();
  const lost: Hint = { topic: "credential.changed", orgId: "o1", ids: ["k"] };
  pending.add(lost);
  expect(sent).toEqual([lost]);
});

it("sends nothing after it was closed", async () => {
  const { sent, pending } = collect();
  pending.add(changed("o1", "a"));
  pending.close();
  await vi.advanceTimersByTimeAsync(5000);
  expect(sent).toEqual([]);
});

it("writes payloads that PostgreSQL accepts, and loses no id", () => {
  const ids = Array.from(
    { length: 1000 },
    (_, index) => `0193c0de-0000-7000-8000-${String(index).padStart(12, "0")}`,
  );
  const payloads = writeHint("s1", changed("o1", ...ids));
  for (const payload of payloads) expect(Buffer.byteLength(payload)).toBeLessThan(8000);
  const read = payloads
    .map(readHint)
    .flatMap((message) => (message && "hint" in message ? message.hint.ids : []));
  expect(read).toEqual(ids);
});

it("asks the other servers to read everything when there are too many ids, and ignores invalid payloads", () => {
  const ids = Array.from({ length: 10_000 }, (_, index) => `0193c0de-0000-7000-8000-${index}`);
  const payloads = writeHint("s1", changed("o1", ...ids));
  expect(payloads.map(readHint)).toEqual([{ from: "s1", resync: true }]);
  expect([readHint(""), readHint("{"), readHint('{"from":"s","hint":{"topic":"new.topic"}}')]).toEqual([
    null,
    null,
    null,
  ]);
});
