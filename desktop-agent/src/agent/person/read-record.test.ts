import { ActivityRecord } from "@muster/shared/contracts/local-agent.ts";
import { MAX_LOCAL_ANSWER_BYTES } from "@muster/shared/protocol/local-protocol.ts";
import { describe, expect, it } from "vitest";
import { createFakeClock } from "../../platform/fake/fake-clock.ts";
import type { JournalEntry } from "../actions/journal-entry.ts";
import type { ActionRecords } from "./people.ts";
import { createRecordReader } from "./read-record.ts";

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
    async askRecord() {
      asked += 1;
      return { kind: "read", record: { actions: [] } };
    },
  };
  return { clock, read: createRecordReader(() => records, clock), asked: () => asked };
}

describe("reading what IT did", () => {
  it("asks the server once for everybody who wants to know within five seconds", async () => {
    const { clock, read, asked } = setUp();
    await Promise.all(Array.from({ length: 40 }, read));
    await clock.advance(4_900);
    await read();
    expect(asked()).toBe(1);
    await clock.advance(200);
    await read();
    expect(asked()).toBe(2);
  });

  it("hides no action behind the length of others, within what one answer may have", async () => {
    const { read } = setUp(Array.from({ length: 1000 }, (_, index) => entry(index, LONGEST)));
    const record = ActivityRecord.parse(await read());
    expect(Buffer.byteLength(JSON.stringify(record))).toBeLessThan(MAX_LOCAL_ANSWER_BYTES - 100);
    expect(record.actions).toHaveLength(1000);
    expect(record.actions[0]?.why).toBe(LONGEST);
    expect(record.actions.at(-1)).toMatchObject({ type: "message", here: { outcome: "error" } });
  });
});
