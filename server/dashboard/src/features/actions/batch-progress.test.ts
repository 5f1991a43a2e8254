import type { Action } from "@muster/shared/contracts/action.ts";
import { expect, it } from "vitest";
import { progressOf } from "./batch-progress.ts";

const action = (state: Action["state"], waitsBecause: Action["waitsBecause"] = null) => ({
  state,
  waitsBecause,
});

it("counts completed, failed, cancelled, waiting and running actions", () => {
  const actions = [
    action("done"),
    action("error"),
    action("expired"),
    action("cancelled"),
    action("pending", "offline"),
    action("pending"),
    action("delivered"),
    action("executing"),
  ];
  expect(progressOf(actions)).toEqual({
    done: 1,
    failed: 1,
    called: 2,
    waiting: 1,
    moving: 3,
    isOver: false,
  });
});

it("is over when no action waits or runs", () => {
  expect(progressOf([action("done"), action("cancelled")]).isOver).toBe(true);
  expect(progressOf([action("done"), action("pending", "paused")]).isOver).toBe(false);
});
