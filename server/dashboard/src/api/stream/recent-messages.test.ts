import { expect, it } from "vitest";
import { createRecentMessages } from "./recent-messages.ts";
import type { StreamMessage } from "./stream-messages.ts";

const changed = (id: string): StreamMessage => ({ kind: "actions", event: { changed: [id] } });
const RESYNC: StreamMessage = { kind: "resync" };

function open() {
  const clock = { now: 1_000 };
  return { clock, recent: createRecentMessages(() => clock.now) };
}

it("has what came since a page began to read", () => {
  const { clock, recent } = open();
  recent.add(changed("a"));
  clock.now += 100;
  recent.add(changed("b"));
  recent.add({ kind: "connection", connection: { state: "live", since: clock.now } });
  expect(recent.since(1_000)).toEqual([changed("a"), changed("b")]);
  expect(recent.since(1_001)).toEqual([changed("b")]);
  expect(recent.since(1_101)).toEqual([]);
});

it("asks a page to read again that began before what is kept", () => {
  const { clock, recent } = open();
  expect(recent.since(999)).toEqual([RESYNC]);
  recent.add(changed("a"));
  clock.now += 15_001;
  recent.add(changed("b"));
  expect(recent.since(1_000)).toEqual([RESYNC]);
  expect(recent.since(1_001)).toEqual([changed("b")]);
});

it("knows nothing from before its stream began", () => {
  const { clock, recent } = open();
  recent.add(changed("a"));
  clock.now += 100;
  recent.begin();
  expect(recent.since(1_000)).toEqual([RESYNC]);
  expect(recent.since(1_100)).toEqual([]);
});
