import type { ActionEnd, DeviceRecordEntry } from "@muster/shared/contracts/action-delivery.ts";
import { describe, expect, it } from "vitest";
import type { JournalEntry } from "../actions/journal-entry.ts";
import { compareRecords } from "./compare-records.ts";

const NOW = 100 * 86_400_000;
const ID = "01890a5d-ac96-774b-bcce-b302099a8057";
const DONE: ActionEnd = { outcome: "done", result: {} };
const FAILED: ActionEnd = { outcome: "error", code: "failed", message: "no" };

function journalled(change: Partial<JournalEntry> = {}, end: ActionEnd | null = DONE): JournalEntry {
  const ended = end && { atMs: NOW - 5000, bootId: "boot", end };
  return {
    id: ID,
    deviceId: "d",
    type: "reboot",
    payload: { message: "Updates" },
    validUntil: NOW,
    nonce: "n",
    askedBy: "Ada Lovelace",
    acceptedAtMs: NOW - 10_000,
    started: { atMs: NOW - 9000, bootId: "boot", sinceBootMs: 1 },
    ended,
    reported: ended && { atMs: NOW - 4000, isTaken: true },
    ...change,
  };
}

function recorded(change: Partial<DeviceRecordEntry> = {}): DeviceRecordEntry {
  return {
    id: ID,
    type: "reboot",
    askedBy: "Ada Lovelace",
    askedAt: NOW - 12_000,
    startedAt: NOW - 9000,
    endedAt: NOW - 5000,
    state: "done",
    errorCode: null,
    ...change,
  };
}

function differs(here: JournalEntry | null, there: DeviceRecordEntry | null): boolean | undefined {
  return compareRecords(here ? [here] : [], there ? [there] : [], NOW)[0]?.differs;
}

const untold = { reported: null };
const notStarted = { started: null };

describe("comparing the two records", () => {
  it("puts both beside each other", () => {
    expect(compareRecords([journalled()], [recorded()], NOW)).toEqual([
      {
        id: ID,
        type: "reboot",
        askedBy: "Ada Lovelace",
        why: "Updates",
        askedAtMs: NOW - 12_000,
        here: { startedAtMs: NOW - 9000, endedAtMs: NOW - 5000, outcome: "done", message: null },
        server: { startedAtMs: NOW - 9000, endedAtMs: NOW - 5000, outcome: "done", message: null },
        differs: false,
      },
    ]);
  });

  it.each([
    ["both failed alike", journalled({}, FAILED), recorded({ state: "error", errorCode: "failed" })],
    ["it is under way", journalled({}, null), recorded({ state: "executing", endedAt: null })],
    ["its end is on its way", journalled(untold), recorded({ state: "executing", endedAt: null })],
    [
      "it was not started, and the server says expired",
      journalled(notStarted, { outcome: "cancelled" }),
      recorded({ state: "expired", startedAt: null }),
    ],
    ["it has not come yet", null, recorded({ state: "pending", startedAt: null, endedAt: null })],
    ["it was cancelled before it came", null, recorded({ state: "cancelled", startedAt: null })],
    ["the journal has forgotten it", null, recorded({ startedAt: NOW - 40 * 86_400_000 })],
    [
      "the server withdrew it before it was started",
      journalled(notStarted, null),
      recorded({ state: "cancelled", startedAt: null }),
    ],
  ])("agree when %s", (_, here, there) => {
    expect(differs(here, there)).toBe(false);
  });

  it.each([
    ["the server does not know it", journalled(), null],
    ["the server says it ran, and nothing is known of it here", null, recorded()],
    ["it is another kind of action", journalled(), recorded({ type: "message" })],
    ["the ends are different", journalled(), recorded({ state: "error", errorCode: "failed" })],
    [
      "the reasons are different",
      journalled({}, FAILED),
      recorded({ state: "error", errorCode: "no-result" }),
    ],
    ["the server has not heard an end that it was told", journalled(), recorded({ state: "executing" })],
    [
      "the server gave up on what is under way",
      journalled({}, null),
      recorded({ state: "error", errorCode: "no-result" }),
    ],
    ["the server says it never ran", journalled(), recorded({ state: "cancelled", startedAt: null })],
  ])("differ when %s", (_, here, there) => {
    expect(differs(here, there)).toBe(true);
  });

  it("says nothing of the server where it was not asked", () => {
    const [action] = compareRecords([journalled()], null, NOW);
    expect(action).toMatchObject({ differs: false });
    expect(action && "server" in action).toBe(false);
  });

  it("does not miss at the server what is older than all that it tells", () => {
    const full = Array.from({ length: 500 }, (_, index) =>
      recorded({ id: `00000000-0000-7000-8000-${String(index).padStart(12, "0")}`, askedAt: NOW - 1000 }),
    );
    const [newest] = compareRecords([journalled()], full, NOW);
    expect(newest).toMatchObject({ id: ID, differs: false });
  });

  it("comes newest first", () => {
    const older = recorded({ id: "01890a5c-ac96-774b-bcce-b302099a8057" });
    expect(compareRecords([journalled()], [older, recorded()], NOW).map(({ id }) => id)).toEqual([
      ID,
      older.id,
    ]);
  });
});
