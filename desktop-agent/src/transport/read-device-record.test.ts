import { DeviceRecord } from "@muster/shared/contracts/action-delivery.ts";
import { ActionState } from "@muster/shared/contracts/action.ts";
import { describe, expect, it } from "vitest";
import { readDeviceRecord } from "./read-answer.ts";

const ENTRY = {
  id: "01890a5d-ac96-774b-bcce-b302099a8057",
  type: "reboot",
  askedBy: "Ada Lovelace",
  askedAt: 1000,
  startedAt: 2000,
  endedAt: null,
  state: "executing",
  errorCode: null,
};

const read = (record: object) => readDeviceRecord(JSON.stringify(record));

describe("readDeviceRecord", () => {
  it.each(ActionState.options)("reads what the contract says of an action that is %s", (state) => {
    const record = { actions: [{ ...ENTRY, state, errorCode: "failed", endedAt: 3000 }] };
    expect(read(record)).toEqual(DeviceRecord.parse(record));
  });

  it("reads nothing of what the contract refuses", () => {
    const entries = [
      ...Object.keys(ENTRY).map((key) => ({ ...ENTRY, [key]: { unexpected: true } })),
      ...Object.keys(ENTRY).map((key) => ({ ...ENTRY, [key]: undefined })),
      { ...ENTRY, state: "constructor" },
      { ...ENTRY, id: "../x" },
      { ...ENTRY, type: "t".repeat(61) },
      { ...ENTRY, askedAt: 1.5 },
      { ...ENTRY, askedAt: 8.7e15 },
      { ...ENTRY, endedAt: Number.MAX_SAFE_INTEGER },
      { ...ENTRY, askedBy: "Ada\u0007" },
      { ...ENTRY, askedBy: "Ada\nBob" },
      { ...ENTRY, askedBy: "   " },
      { ...ENTRY, id: "01890a5d-ac96-474b-bcce-b302099a8057" },
    ];
    const records = [
      ...entries.map((entry) => ({ actions: [ENTRY, entry] })),
      { actions: "none" },
      { actions: Array.from({ length: 501 }, () => ENTRY) },
      {},
    ];
    for (const record of records) {
      expect(DeviceRecord.safeParse(record).success).toBe(false);
      expect(read(record)).toBeNull();
    }
    expect(readDeviceRecord("<html>")).toBeNull();
  });
});
