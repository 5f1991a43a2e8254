import type { ActionEnd, DeviceRecordEntry } from "@muster/shared/contracts/action-delivery.ts";
import { ActivityRecord } from "@muster/shared/contracts/local-agent.ts";
import { MAX_LOCAL_ANSWER_BYTES } from "@muster/shared/protocol/local-protocol.ts";
import { describe, expect, it } from "vitest";
import type { JournalEntry } from "../actions/journal-entry.ts";
import { compareRecords } from "./activity-record.ts";
import type { ActionRecords } from "./local-users.ts";
import { createRecordReader } from "./activity-record.ts";
import { createFakeClock } from "../../platform/fake/fake-clock.ts";

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
    mayHaveStarted: false,
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
  it("lists both side by side", () => {
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

  it("does not mention the server where it was not asked", () => {
    const [action] = compareRecords([journalled()], null, NOW);
    expect(action).toMatchObject({ differs: false });
    expect(action && "server" in action).toBe(false);
  });

  it("does not report as missing on the server what is older than all that the server returns", () => {
    const full = Array.from({ length: 500 }, (_, index) =>
      recorded({ id: `00000000-0000-7000-8000-${String(index).padStart(12, "0")}`, askedAt: NOW - 1000 }),
    );
    const [newest] = compareRecords([journalled()], full, NOW);
    expect(newest).toMatchObject({ id: ID, differs: false });
  });

  it("lists the newest first", () => {
    const older = recorded({ id: "01890a5c-ac96-774b-bcce-b302099a8057" });
    expect(compareRecords([journalled()], [older, recorded()], NOW).map(({ id }) => id)).toEqual([
      ID,
      older.id,
    ]);
  });
});

const LONGEST = "語".repeat(4000);

function entry(index: number, text: string): JournalEntry {
  const end = { outcome: "error", code: "failed", message: "誤".repeat(500) } as const;
  return {
    id: `01890a5d-ac96-774b-bcce-${String(index).padStart(12, "0")}`,
    deviceId: "d",
    type: "message",
    payload: { text },
    validUntil: 1,
    nonce: "n",
    askedBy: "名".repeat(120),
    acceptedAtMs: index,
    mayHaveStarted: false,
    started: { atMs: index, bootId: "b", sinceBootMs: 0 },
    ended: { atMs: index, bootId: "b", end },
    reported: { atMs: index, isTaken: true },
  };
}

function setUp(journal: JournalEntry[] = []) {
  const clock = createFakeClock();
  let asked = 0;
  const records: ActionRecords = {
    journal: () => journal,
    async fetchRecord() {
      asked += 1;
      return { kind: "read", record: { actions: [] } };
    },
  };
  return { clock, read: createRecordReader(() => records, clock), asked: () => asked };
}

describe("reading what IT did", () => {
  it("asks the server once for all users within five seconds", async () => {
    const { clock, read, asked } = setUp();
    await Promise.all(Array.from({ length: 40 }, read));
    await clock.advance(4_900);
    await read();
    expect(asked()).toBe(1);
    await clock.advance(200);
    await read();
    expect(asked()).toBe(2);
  });

  it("includes every action in one answer, however long the others are", async () => {
    const { read } = setUp(Array.from({ length: 1000 }, (_, index) => entry(index, LONGEST)));
    const record = ActivityRecord.parse(await read());
    expect(Buffer.byteLength(JSON.stringify(record))).toBeLessThan(MAX_LOCAL_ANSWER_BYTES - 100);
    expect(record.actions).toHaveLength(1000);
    expect(record.actions[0]?.why).toBe(LONGEST);
    expect(record.actions.at(-1)).toMatchObject({ type: "message", here: { outcome: "error" } });
  });
});
