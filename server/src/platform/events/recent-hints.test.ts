import { expect, it } from "vitest";
import type { Hint } from "./event-bus.ts";
import { createRecentHints } from "./recent-hints.ts";

const changed = (orgId: string, ...ids: string[]): Hint => ({ topic: "device.changed", orgId, ids });

it("has the hints of the organization after a position", () => {
  const recent = createRecentHints();
  recent.add(changed("o1", "before"));
  const first = recent.positionOf("o1");
  expect(recent.since("o1", first)).toEqual([]);
  recent.add(changed("o1", "a"));
  recent.add(changed("o2", "foreign"));
  const second = recent.positionOf("o1");
  recent.add(changed("o1", "b"));
  expect(recent.since("o1", first)).toEqual([changed("o1", "a"), changed("o1", "b")]);
  expect(recent.since("o1", second)).toEqual([changed("o1", "b")]);
});

it("does not know a position after which too much happened", () => {
  const recent = createRecentHints();
  const first = recent.positionOf("o1");
  recent.add(changed("o1", "a"));
  const second = recent.positionOf("o1");
  const many = Array.from({ length: 200 }, (_, index) => `d${index}`);
  recent.add(changed("o1", ...many));
  expect(recent.since("o1", first)).toBeNull();
  expect(recent.since("o1", second)).toEqual([changed("o1", ...many)]);
  recent.add(changed("o1", ...many, "more"));
  expect(recent.since("o1", second)).toBeNull();
  expect(recent.since("o1", recent.positionOf("o1"))).toEqual([]);
});

it("keeps no more hints without ids than ids", () => {
  const recent = createRecentHints();
  const first = recent.positionOf("o1");
  for (let count = 0; count < 200; count += 1) recent.add(changed("o1"));
  expect(recent.since("o1", first)).toHaveLength(200);
  recent.add(changed("o1"));
  expect(recent.since("o1", first)).toBeNull();
});

it.each(["", "x", "x.0", ".", "1.1"])("does not know the position %j of nobody", (position) => {
  const recent = createRecentHints();
  recent.positionOf("o1");
  expect(recent.since("o1", position)).toBeNull();
});

it("does not know positions of another process, of another organization, or from before hints were lost", () => {
  const recent = createRecentHints();
  const position = recent.positionOf("o1");
  recent.positionOf("o2");
  expect(recent.since("o2", position)).toBeNull();
  expect(createRecentHints().since("o1", position)).toBeNull();
  recent.clear();
  recent.positionOf("o1");
  expect(recent.since("o1", position)).toBeNull();
});
