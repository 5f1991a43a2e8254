import type { Action, ActionPage } from "@muster/shared/contracts/action.ts";
import { describe, expect, it } from "vitest";
import { createChangeQueue, mergeActions } from "./use-action-list.ts";

function action(id: string, state: Action["state"] = "done"): Action {
  const at = "2026-03-02T10:00:00.000Z";
  return {
    id,
    batchId: "batch",
    deviceId: "device",
    deviceName: "web-01",
    type: "message",
    payload: {},
    state,
    askedBy: { type: "user", name: "Olive" },
    askedAt: at,
    validUntil: at,
    cancelAsked: false,
    waitsBecause: null,
    steps: [],
    result: null,
    error: null,
  };
}
const page = (ids: string, nextCursor: string | null, state?: Action["state"]): ActionPage => ({
  items: [...ids].map((id) => action(id, state)),
  nextCursor,
});
const shown = (pages: readonly ActionPage[]) =>
  pages.map(({ items }) =>
    items.map(({ id, state }) => (state === "done" ? id : `${id}:${state}`)).join(" "),
  );

describe("a list after its first page was read again", () => {
  it("shows new actions at the top and keeps older pages with their cursors", () => {
    const merged = mergeActions([page("hgf", "f"), page("edc", "c")], page("jih", "h"), [], {});
    expect(shown(merged)).toEqual(["j i h g f", "e d c"]);
    expect(merged.map(({ nextCursor }) => nextCursor)).toEqual(["f", "c"]);
  });

  it("applies newer versions of actions on older pages", () => {
    const merged = mergeActions(
      [page("hgf", "f"), page("edc", "c")],
      page("hg", "g"),
      [action("d", "error")],
      {},
    );
    expect(shown(merged)).toEqual(["h g f", "e d:error c"]);
  });

  it("removes what no longer matches the filter", () => {
    const pages = [page("hgf", "f", "pending"), page("edc", "c", "pending")];
    const merged = mergeActions(pages, page("hf", "f", "pending"), [action("d", "cancelled")], {
      state: "pending",
    });
    expect(shown(merged)).toEqual(["h:pending f:pending", "e:pending c:pending"]);
  });

  it("is only the fresh page when that is everything, or reaches beyond what was read", () => {
    expect(shown(mergeActions([page("cba", null)], page("ca", null), [], {}))).toEqual(["c a"]);
    const merged = mergeActions([page("hg", "g")], page("hfe", "e"), [], {});
    expect(shown(merged)).toEqual(["h f e"]);
    expect(merged[0]?.nextCursor).toBe("e");
  });
});

it("processes one set of changes at a time and collects what arrives meanwhile", async () => {
  const calls: string[][] = [];
  const gates: PromiseWithResolvers<void>[] = [];
  const queue = createChangeQueue(async (ids) => {
    calls.push([...ids]);
    const gate = Promise.withResolvers<void>();
    gates.push(gate);
    await gate.promise;
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));

  queue.push(["a"]);
  queue.push(["b"]);
  queue.push(["b", "c"]);
  expect(calls).toEqual([["a"]]);
  gates[0]?.resolve();
  await settle();
  expect(calls).toEqual([["a"], ["b", "c"]]);
  gates[1]?.resolve();
  await settle();
  queue.push([]);
  expect(calls).toHaveLength(2);
  queue.push(["d"]);
  expect(calls.at(-1)).toEqual(["d"]);
});
