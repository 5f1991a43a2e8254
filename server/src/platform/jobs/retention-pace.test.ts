import { describe, expect, it } from "vitest";
import { confirmed, MAX_PLAUSIBLE_GAP_MS, paced, type StoredRetention } from "./retention-pace.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const START = Date.UTC(2026, 5, 1);

function stored(change: Partial<StoredRetention> = {}): StoredRetention {
  return { reachedAt: START, observedMs: 0, checkedAt: START, state: "ok", ...change };
}

describe("paced", () => {
  it("follows the clock of a running server", () => {
    expect(paced(stored(), START + HOUR_MS, HOUR_MS)).toEqual(
      stored({ reachedAt: START + HOUR_MS, observedMs: HOUR_MS, checkedAt: START + HOUR_MS }),
    );
  });

  it("catches up after a stop at two days of data per day of uptime", () => {
    const now = START + 3 * DAY_MS;
    expect(paced(stored(), now, 0).reachedAt).toBe(START);
    expect(paced(stored(), now + DAY_MS, DAY_MS).reachedAt).toBe(START + 2 * DAY_MS);
    expect(paced(stored(), now + 2 * DAY_MS, 3 * DAY_MS).reachedAt).toBe(now + 2 * DAY_MS);
  });

  it("advances only with the uptime while the clock is far ahead, however often it runs", () => {
    let progress = stored();
    for (let hour = 1; hour <= 48; hour += 1) {
      progress = paced(progress, START + 1100 * DAY_MS + hour * HOUR_MS, hour * HOUR_MS);
      expect(progress).toMatchObject({ reachedAt: START + hour * HOUR_MS, state: "clock-ahead" });
    }
  });

  it("continues when the clock is restored", () => {
    const ahead = paced(stored(), START + 1100 * DAY_MS, HOUR_MS);
    expect(paced(ahead, START + 2 * HOUR_MS, 2 * HOUR_MS)).toMatchObject({
      reachedAt: START + 2 * HOUR_MS,
      state: "ok",
    });
    const behind = paced(stored(), 0, HOUR_MS);
    expect(behind.state).toBe("clock-behind");
    expect(paced(behind, START + 2 * HOUR_MS, 2 * HOUR_MS)).toMatchObject({
      reachedAt: START + 2 * HOUR_MS,
      state: "ok",
    });
  });

  it("is held just beyond a week, in both directions", () => {
    const stateAt = (gapMs: number) => paced(stored(), START + gapMs, 0).state;
    expect(stateAt(MAX_PLAUSIBLE_GAP_MS)).toBe("ok");
    expect(stateAt(MAX_PLAUSIBLE_GAP_MS + 1)).toBe("clock-ahead");
    expect(stateAt(-MAX_PLAUSIBLE_GAP_MS)).toBe("ok");
    expect(stateAt(-MAX_PLAUSIBLE_GAP_MS - 1)).toBe("clock-behind");
  });

  it("starts at the clock, unless no running server can have that time", () => {
    const empty = stored({ reachedAt: null, checkedAt: null });
    expect(paced(empty, START, 5)).toMatchObject({ reachedAt: START, observedMs: 5, state: "ok" });
    expect(paced(empty, 0, 5)).toMatchObject({ reachedAt: null, state: "clock-behind" });
  });

  it("does not count uptime twice when another server stored a later one", () => {
    const other = stored({ observedMs: 10 * HOUR_MS });
    expect(paced(other, START + DAY_MS, 9 * HOUR_MS)).toMatchObject({
      reachedAt: START,
      observedMs: 10 * HOUR_MS,
    });
  });

  it("continues with a confirmed clock, also with one that was set back", () => {
    for (const gap of [1100 * DAY_MS, -1100 * DAY_MS]) {
      const held = paced(stored(), START + gap, 0);
      expect(paced(confirmed(held, START + gap), START + gap + HOUR_MS, HOUR_MS)).toMatchObject({
        reachedAt: START + gap + HOUR_MS,
        state: "ok",
      });
    }
  });
});
