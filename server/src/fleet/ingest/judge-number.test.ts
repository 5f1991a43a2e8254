import type { EpochChange } from "@muster/shared/contracts/epoch.ts";
import type { Lane } from "@muster/shared/contracts/report.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { enterEpoch, forgetEpochTimes, isKnownEpoch } from "./epoch-history.ts";
import { type DeviceNumbering, judgeNumber, type LaneMark, numberingFor } from "./judge-number.ts";

const NO_MARK: LaneMark = { epoch: null, sequence: null, digest: null };
const ID = "0199a4c1-7a3e-7000-8000-000000000001";

type Sent = { lane: Lane; epoch: string; sequence: number; content: string; signed: boolean };

/** The server's side as ingest applies it, without a database. */
function createNumbering() {
  let state: DeviceNumbering = { marks: { live: NO_MARK, backfill: NO_MARK }, epochs: null, behindAt: null };
  return (sent: Sent) => {
    const { lane, epoch, sequence, content, signed } = sent;
    const from = numberingFor(state, lane);
    const change: EpochChange | undefined = signed
      ? { says: "epoch", deviceId: ID, from, to: epoch, nonce: "" }
      : undefined;
    const isSameContent = state.marks[lane].digest === content;
    const { kind } = judgeNumber(state, { lane, epoch, sequence, isSameContent, change });
    if (kind === "behind") state = { ...state, behindAt: 1 };
    if (kind === "next" || kind === "enters") {
      state = {
        marks: { ...state.marks, [lane]: { epoch, sequence, digest: content } },
        epochs: kind === "enters" ? enterEpoch(state.epochs, epoch, 0).history : state.epochs,
        behindAt: null,
      };
    }
    return kind;
  };
}

/** The same rules by remembering everything that was ever stored. */
function createNaiveNumbering() {
  const stored: Sent[] = [];
  const entered: string[] = [];
  let isBehind = false;
  return (sent: Sent) => {
    const last = stored.findLast(({ lane }) => lane === sent.lane);
    const kind = judge(sent, last);
    if (kind === "behind") isBehind = true;
    if (kind === "enters") entered.push(sent.epoch);
    if (kind === "next" || kind === "enters") {
      stored.push(sent);
      isBehind = false;
    }
    return kind;
  };

  function judge(sent: Sent, last: Sent | undefined) {
    if (last?.epoch === sent.epoch) {
      if (sent.sequence > last.sequence) return "next";
      if (sent.sequence < last.sequence) return "behind";
      return sent.content === last.content ? "repeated" : "conflict";
    }
    if (sent.epoch === entered.at(-1)) return "next";
    if (entered.slice(-17).includes(sent.epoch)) return "behind";
    return isBehind && !sent.signed ? "behind" : "enters";
  }
}

const sent = fc.record<Sent>({
  lane: fc.constantFrom("live", "backfill"),
  epoch: fc.integer({ min: 0, max: 24 }).map((index) => `epoch${String(index).padStart(2, "0")}`),
  sequence: fc.integer({ min: 1, max: 4 }),
  content: fc.constantFrom("a", "b"),
  signed: fc.boolean(),
});

describe("judging a report's number", () => {
  test("agrees with a model that remembers every report", () => {
    fc.assert(
      fc.property(fc.array(sent, { maxLength: 120 }), (reports) => {
        const [judge, judgeNaively] = [createNumbering(), createNaiveNumbering()];
        for (const report of reports) expect(judge(report)).toBe(judgeNaively(report));
      }),
      { numRuns: 500 },
    );
  });

  test("lets a device that was rolled back begin a signed epoch in both lanes, and no unsigned one", () => {
    const judge = createNumbering();
    const report = (change: Partial<Sent>): Sent => ({
      lane: "live",
      epoch: "epoch01",
      sequence: 1,
      content: "a",
      signed: false,
      ...change,
    });
    expect(judge(report({ sequence: 40 }))).toBe("enters");
    expect(judge(report({ sequence: 7 }))).toBe("behind");
    expect(judge(report({ epoch: "epoch02" }))).toBe("behind");
    expect(judge(report({ epoch: "epoch01", sequence: 8, signed: true }))).toBe("behind");
    expect(judge(report({ epoch: "epoch02", signed: true }))).toBe("enters");
    expect(judge(report({ epoch: "epoch02", lane: "backfill", signed: true }))).toBe("next");
    expect(judge(report({ epoch: "epoch01", sequence: 41 }))).toBe("behind");
  });

  test("accepts a change only from the current numbering", () => {
    const marks = { live: { epoch: "epoch01", sequence: 41, digest: "x" }, backfill: NO_MARK };
    const numbering = { marks, epochs: "epoch01:0", behindAt: 1 };
    const change = (sequence: number): EpochChange => ({
      says: "epoch",
      deviceId: ID,
      from: { epoch: "epoch01", sequence },
      to: "epoch02",
      nonce: "",
    });
    const verdict = (given: EpochChange, epoch = "epoch02") =>
      judgeNumber(numbering, { lane: "live", epoch, sequence: 1, isSameContent: false, change: given }).kind;
    expect(verdict(change(41))).toBe("enters");
    expect(verdict(change(40))).toBe("behind");
    expect(verdict(change(41), "epoch03")).toBe("behind");
  });
});

describe("epochs", () => {
  test("are remembered, up to sixteen besides the current one", () => {
    let history: string | null = null;
    for (let index = 0; index < 20; index += 1) history = enterEpoch(history, `epoch${index}`, index).history;
    const known = Array.from({ length: 20 }, (_, index) => isKnownEpoch(history, `epoch${index}`));
    expect(known).toEqual([...Array<boolean>(3).fill(false), ...Array<boolean>(17).fill(true)]);
  });

  test.each([
    ["three changes within an hour", [0, 10, 20, 30], false],
    ["four changes within an hour", [0, 10, 20, 30, 40], true],
    ["four changes in more than an hour", [0, 10, 30, 50, 71], false],
  ])("%s", (_, minutes, isSuspected) => {
    let last = { history: "", isCloneSuspected: false };
    minutes.forEach((minute, index) => {
      last = enterEpoch(index === 0 ? null : last.history, `epoch${index}`, minute * 60_000 + 1e12);
    });
    expect(last.isCloneSuspected).toBe(isSuspected);
    const forgotten = forgetEpochTimes(last.history);
    expect(enterEpoch(forgotten, "another", 1e12 + 72 * 60_000).isCloneSuspected).toBe(false);
    expect(isKnownEpoch(forgotten, "epoch0")).toBe(true);
  });
});
