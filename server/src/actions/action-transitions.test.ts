import type { ActionEnd, ActionResult } from "@muster/shared/contracts/action-delivery.ts";
import { describe, expect, test } from "vitest";
import type { ActionRow } from "./actions.tables.ts";
import {
  cancelRequested,
  claimed,
  finished,
  LEASE_MS,
  progressed,
  started,
  type Transition,
  deadlinesApplied,
} from "./action-transitions.ts";

const NONCE = "n".repeat(43);

function row(changes: Partial<ActionRow> = {}): ActionRow {
  return {
    id: "a",
    org_id: "o",
    batch_id: "b",
    device_id: "d",
    type: "message",
    payload: "{}",
    state: "pending",
    asked_by: "{}",
    asked_at: 0,
    valid_until: 1_000_000,
    nonce: null,
    lease_until: null,
    start_boot_id: null,
    gives_up_at: null,
    cancel_asked: 0,
    result: null,
    error_code: null,
    error_message: null,
    result_digest: null,
    steps: "[]",
    changed_at: 0,
    ...changes,
  };
}

function to(transition: Transition): ActionRow {
  if ("to" in transition) return transition.to;
  throw new Error(`no change: ${JSON.stringify(transition)}`);
}

function result(end: ActionEnd, bootId = "boot-1"): ActionResult {
  return { says: "result", deviceId: "d", actionId: "a", bootId, end };
}

const done = result({ outcome: "done", result: { shown: [], notShown: [], pressed: null } });
const delivered = () => to(claimed(row(), NONCE, 10));
const executing = (changes: Partial<ActionRow> = {}) =>
  to(started({ ...delivered(), ...changes }, NONCE, "boot-1", 20));

test("goes from requested to done, with a step for each transition", () => {
  const ended = to(finished(executing(), done, 30));
  expect(ended.state).toBe("done");
  expect(JSON.parse(ended.steps).map(({ step }: { step: string }) => step)).toEqual([
    "delivered",
    "started",
    "ended",
  ]);
});

describe("a claim", () => {
  test("is accepted for a pending action only", () => {
    expect(claimed(delivered(), NONCE, 11)).toEqual({ refused: "it is delivered" });
  });
  test("makes the action pending again when its lease ends before a start", () => {
    expect(deadlinesApplied(delivered(), 10 + LEASE_MS - 1)).toHaveProperty("unchanged");
    expect(to(deadlinesApplied(delivered(), 10 + LEASE_MS)).state).toBe("pending");
  });
  test("remains when the action is executing", () => {
    expect(deadlinesApplied(executing(), 10 + LEASE_MS)).toHaveProperty("unchanged");
  });
});

describe("a start", () => {
  test("is accepted again when the first answer was lost", () => {
    expect(started(executing(), NONCE, "boot-1", 25)).toHaveProperty("unchanged");
  });
  test("is refused to a second boot", () => {
    expect(started(executing(), NONCE, "boot-2", 25)).toEqual({ refused: "it is executing" });
  });
  test("is refused after the action was claimed again", () => {
    const again = to(claimed(to(deadlinesApplied(delivered(), 10 + LEASE_MS)), "m".repeat(43), 70_100));
    expect(started(again, NONCE, "boot-1", 70_200)).toEqual({ refused: "it was claimed again" });
  });
  test("loses against an earlier cancel", () => {
    expect(started(to(cancelRequested(delivered(), 15)), NONCE, "boot-1", 20)).toEqual({
      refused: "it was cancelled",
    });
  });
  test("is refused when the action has expired", () => {
    expect(started(delivered(), NONCE, "boot-1", 1_000_000)).toEqual({ refused: "it has expired" });
  });
});

describe("a cancel", () => {
  test("is immediate while no device has the action", () => {
    expect(to(cancelRequested(row(), 5)).state).toBe("cancelled");
  });
  test("is a request to the device once it has the action", () => {
    const asked = to(cancelRequested(executing(), 25));
    expect(asked).toMatchObject({ state: "executing", cancel_asked: 1 });
    expect(to(finished(asked, result({ outcome: "cancelled" }), 30)).state).toBe("cancelled");
  });
  test("does not change an action that the device completes", () => {
    expect(to(finished(to(cancelRequested(executing(), 25)), done, 30)).state).toBe("done");
  });
  test("closes a claimed action whose lease ended", () => {
    expect(to(deadlinesApplied(to(cancelRequested(delivered(), 15)), 10 + LEASE_MS)).state).toBe("cancelled");
  });
  test("is refused for an ended action", () => {
    expect(cancelRequested(row({ state: "done" }), 5)).toEqual({ refused: "it is done" });
  });
  test("is refused from a device that got no request to cancel", () => {
    expect(finished(executing(), result({ outcome: "cancelled" }), 30)).toEqual({
      refused: "nobody asked to cancel it",
    });
  });
});

describe("a result", () => {
  test("changes nothing if it is repeated", () => {
    const ended = to(finished(executing(), done, 30));
    expect(finished(ended, done, 40)).toEqual({ unchanged: ended });
  });
  test("is refused if it differs from the first one", () => {
    const ended = to(finished(executing(), done, 30));
    const other = result({ outcome: "error", code: "failed", message: "no" });
    expect(finished(ended, other, 40)).toEqual({ refused: "it is done" });
  });
  test("is accepted without a start only if the device refused to start", () => {
    expect(finished(delivered(), done, 30)).toEqual({ refused: "it is delivered" });
    const forbidden = result({ outcome: "error", code: "forbidden-by-device", message: "not here" });
    expect(to(finished(delivered(), forbidden, 30))).toMatchObject({
      state: "error",
      error_code: "forbidden-by-device",
    });
  });
  test("is refused if it does not fit the type", () => {
    expect(finished(executing(), result({ outcome: "done", result: { shown: 3 } }), 30)).toHaveProperty(
      "refused",
    );
  });
  test("is assumed to be an error if it never arrived, and corrected once by a real one", () => {
    const assumed = to(deadlinesApplied(executing(), 20 + 600_000));
    expect(assumed).toMatchObject({ state: "error", error_code: "no-result" });
    const corrected = to(finished(assumed, done, 700_000));
    expect(corrected).toMatchObject({ state: "done", error_code: null });
    const other = result({ outcome: "error", code: "failed", message: "no" });
    expect(finished(corrected, other, 800_000)).toEqual({ refused: "it is done" });
  });
});

describe("a reboot", () => {
  const rebooting = () => executing({ type: "reboot" });
  const back = { outcome: "done", result: { bootIdBefore: "boot-1", bootIdAfter: "boot-2" } } as const;

  test("is done only with another boot id", () => {
    expect(finished(rebooting(), result(back, "boot-1"), 30)).toHaveProperty("refused");
    expect(to(finished(rebooting(), result(back, "boot-2"), 30)).state).toBe("done");
  });
  test("is an error if the machine does not come back, corrected when it comes back late", () => {
    const lost = to(deadlinesApplied(rebooting(), 20 + 900_000));
    expect(lost).toMatchObject({ state: "error", error_code: "not-back" });
    expect(to(finished(lost, result(back, "boot-2"), 2_000_000)).state).toBe("done");
  });
  test("is corrected after a report of its device that it did not come back, only by one that it came back", () => {
    const notBack = result({ outcome: "error", code: "not-back", message: "the same boot id" });
    const reported = to(finished(rebooting(), notBack, 30));
    expect(
      finished(reported, result({ outcome: "error", code: "failed", message: "no" }), 40),
    ).toHaveProperty("refused");
    expect(to(finished(reported, result(back, "boot-2"), 50)).state).toBe("done");
    const assumed = to(deadlinesApplied(rebooting(), 20 + 900_000));
    const both = to(finished(assumed, notBack, 1_000_000));
    expect(to(finished(both, result(back, "boot-2"), 2_000_000)).state).toBe("done");
  });
  test("is waited for from the announced time on", () => {
    const progress = { says: "progress", deviceId: "d", actionId: "a", note: null } as const;
    const postponed = to(progressed(rebooting(), { ...progress, step: "postponed", until: 3_600_000 }, 30));
    expect(deadlinesApplied(postponed, 3_600_000 + 899_999)).toHaveProperty("unchanged");
    expect(to(deadlinesApplied(postponed, 3_600_000 + 900_000)).error_code).toBe("not-back");
  });
});

describe("a message", () => {
  const HOUR_MS = 3_600_000;
  const progressBase = { says: "progress", deviceId: "d", actionId: "a", until: null, note: null } as const;
  const read = { ...progressBase, step: "read" } as const;
  const stepsOf = ({ steps }: ActionRow): string[] =>
    JSON.parse(steps).map(({ step }: { step: string }) => step);

  test("can be read while it is shown, which does not end it", () => {
    const shown = to(progressed(executing(), read, 30));
    expect(shown).toMatchObject({ state: "executing", gives_up_at: 20 + 600_000, changed_at: 30 });
    expect(stepsOf(to(finished(shown, done, 40)))).toEqual(["delivered", "started", "read", "ended"]);
  });
  test("can be read after its end, which changes nothing else", () => {
    const ended = to(finished(executing(), done, 30));
    const later = to(progressed(ended, { ...read, until: 1e12, note: "ann" }, 40));
    expect(later).toEqual({ ...ended, steps: later.steps, changed_at: 40 });
    expect(JSON.parse(later.steps).at(-1)).toEqual({ at: 40, step: "read", until: null, note: "ann" });
  });
  test("is read once, however often its device reports it", () => {
    const shown = to(progressed(executing(), read, 30));
    expect(progressed(shown, read, 35)).toEqual({ unchanged: shown });
    for (const ended of [to(finished(shown, done, 40)), to(deadlinesApplied(shown, 20 + 600_000))]) {
      expect(progressed(ended, read, 700_000)).toEqual({ unchanged: ended });
    }
  });
  test("cannot be read before its start or after an error", () => {
    expect(progressed(row(), read, 5)).toEqual({ refused: "it is pending" });
    expect(progressed(delivered(), read, 15)).toEqual({ refused: "it is delivered" });
    expect(progressed(to(deadlinesApplied(executing(), 20 + 600_000)), read, 700_000)).toEqual({
      refused: "it is error",
    });
  });
  test("is the only type that can be read, and reading is the only progress after the end", () => {
    expect(progressed(executing({ type: "restart" }), read, 30)).toEqual({ refused: "it is not a message" });
    const ended = to(finished(executing(), done, 30));
    expect(progressed(ended, { ...progressBase, step: "shown" }, 40)).toEqual({ refused: "it is done" });
  });
  test("is waited for until the announced time if it has buttons, a day ahead", () => {
    const asking = to(progressed(executing(), { ...progressBase, step: "shown", until: 24 * HOUR_MS }, 30));
    const seen = to(progressed(asking, read, 60));
    expect(deadlinesApplied(seen, 24 * HOUR_MS + 599_999)).toHaveProperty("unchanged");
    const pressed = result({ outcome: "done", result: { shown: [], notShown: [], pressed: "Yes" } });
    expect(to(finished(seen, pressed, 23 * HOUR_MS)).state).toBe("done");
    expect(to(deadlinesApplied(seen, 24 * HOUR_MS + 600_000)).error_code).toBe("no-result");
  });
});

test("keeps few steps of an action that is claimed and returned again and again", () => {
  let held = row({ steps: JSON.stringify([{ at: 0, step: "asked", until: null, note: null }]) });
  for (let now = 0; now < 100 * LEASE_MS; now += LEASE_MS) {
    held = to(deadlinesApplied(to(claimed({ ...held, valid_until: 1e12 }, NONCE, now)), now + LEASE_MS));
  }
  const steps: { at: number; step: string }[] = JSON.parse(held.steps);
  expect(steps.length).toBeLessThanOrEqual(21);
  expect(steps[0]).toMatchObject({ step: "asked" });
  expect(steps.at(-1)).toMatchObject({ at: 100 * LEASE_MS, step: "lease-over" });
});

test("gives up on a device that announces a time in the very distant future", () => {
  const counting = to(
    progressed(
      executing(),
      { says: "progress", deviceId: "d", actionId: "a", step: "counting-down", until: 8.64e15, note: null },
      30,
    ),
  );
  const inTenDays = 10 * 24 * 3_600_000;
  expect(to(deadlinesApplied(counting, inTenDays))).toMatchObject({ state: "error" });
  expect(JSON.parse(counting.steps).at(-1).until).toBeLessThan(inTenDays);
});

test("accepts the newest progress of a device that reported often, and keeps few steps", () => {
  const progressBase = { says: "progress", deviceId: "d", actionId: "a", note: null } as const;
  let moved = executing({ type: "reboot", valid_until: 1e9 });
  for (let at = 100; at < 300; at += 1) {
    moved = to(progressed(moved, { ...progressBase, step: "counting-down", until: 1000 - at }, at));
  }
  moved = to(progressed(moved, { ...progressBase, step: "postponed", until: 5_000_000 }, 300));
  const steps: { step: string; until: number | null }[] = JSON.parse(moved.steps);
  expect(steps.map(({ step }) => step).slice(0, 2)).toEqual(["delivered", "started"]);
  expect(steps.at(-1)).toMatchObject({ step: "postponed", until: 5_000_000 });
  expect(moved.gives_up_at).toBeGreaterThan(5_000_000);
  expect(steps.length).toBeLessThan(60);
});
