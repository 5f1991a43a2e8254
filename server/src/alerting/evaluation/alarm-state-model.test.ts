import fc from "fast-check";
import { expect, it } from "vitest";
import type { RulePlan } from "./alarm-state.ts";
import { createRun, observe } from "./alarm-state.fixture.ts";
import {
  BUCKETS,
  bucketOf,
  type Duration,
  type Finding,
  type LevelState,
  nextLevelState,
} from "./level-state.ts";

const STEP = 10_000;
const steps = (max: number) => fc.integer({ min: 0, max }).map((count) => count * STEP);
const duration: fc.Arbitrary<Duration> = fc.record({
  forMs: steps(12),
  share: fc.constantFrom(100, 75, 50, 1),
  clearForMs: steps(6),
  minValues: fc.constantFrom(1, 2),
});
const findings = fc.array(
  fc.record({
    kind: fc.constantFrom("violates", "violates", "between", "clear"),
    gap: fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 3 }) }, fc.integer({ min: 1, max: 40 })),
    mayOpen: fc.boolean(),
  }),
  { maxLength: 60 },
);

type Seen = Finding & { now: number };

function toFindings(
  raw: readonly { kind: string; gap: number; mayOpen: boolean }[],
  maxGapMs: number,
): Seen[] {
  let now = 0;
  return raw.map(({ kind, gap, mayOpen }) => {
    now += gap * STEP;
    return {
      violates: kind === "violates",
      isClear: kind === "clear",
      now,
      at: 0,
      maxGapMs,
      mayOpen,
      isQuiet: false,
    };
  });
}

/** The state after all values, by looking at all of them: slow, and without anything that is carried along. */
function naiveState(seen: readonly Seen[], { forMs, share, clearForMs, minValues }: Duration) {
  let phase: "normal" | "pending" | "firing" | "recovering" = "normal";
  let first = 0;
  let clearFirst = 0;
  for (const [index, { violates, isClear, now, maxGapMs, mayOpen }] of seen.entries()) {
    const gap = now - (seen[index - 1]?.now ?? now);
    const isGap = (ms: number) => gap > Math.max(ms, maxGapMs ?? 0);
    if (phase === "normal" || phase === "pending") {
      if (phase === "pending" && isGap(forMs)) phase = "normal";
      if (!violates && (share === 100 || phase === "normal")) {
        phase = "normal";
        continue;
      }
      if (phase === "normal") first = now;
      phase = "pending";
      const span = { since: first, width: Math.max(1, Math.ceil(Math.max(forMs, maxGapMs ?? 0) / BUCKETS)) };
      const inWindow = seen
        .slice(0, index + 1)
        .filter((one) => one.now >= first && bucketOf(span, one.now) > bucketOf(span, now) - BUCKETS);
      const bad = inWindow.filter((one) => one.violates).length;
      const hasEnough = inWindow.length >= (forMs === 0 ? 1 : minValues);
      if (bad === 0) phase = "normal";
      else if (
        violates &&
        mayOpen &&
        now - first >= forMs &&
        hasEnough &&
        bad / inWindow.length >= share / 100
      )
        phase = "firing";
    } else if (isClear) {
      if (phase === "firing" || isGap(clearForMs)) clearFirst = now;
      phase = now - clearFirst >= clearForMs ? "normal" : "recovering";
    } else phase = "firing";
  }
  return phase;
}

it("one level equals a naive model over all values", () => {
  fc.assert(
    fc.property(findings, duration, fc.constantFrom(3 * STEP, 8 * STEP), (raw, plan, maxGapMs) => {
      const seen = toFindings(raw, maxGapMs);
      let state: LevelState | null = null;
      for (const [index, finding] of seen.entries()) {
        state = nextLevelState(state, finding, plan);
        expect(state?.s ?? "normal").toBe(naiveState(seen.slice(0, index + 1), plan));
      }
    }),
    { numRuns: 400 },
  );
});

const plans: fc.Arbitrary<Partial<RulePlan>> = fc
  .tuple(duration, steps(10))
  .map(([one, cooldownMs]) => ({ ...one, cooldownMs }));
const values = fc.array(
  fc.tuple(fc.constantFrom(60, 78, 85, 92, 99), fc.integer({ min: 1, max: 4 }), fc.boolean()),
  {
    maxLength: 80,
  },
);

it("an alarm opens once, ends once, changes its severity in between, and depends on observed time alone", () => {
  fc.assert(
    fc.property(values, plans, fc.array(fc.nat(1e9), { minLength: 1 }), (raw, plan, clock) => {
      const run = createRun(plan);
      const other = createRun(plan);
      let now = 0;
      for (const [index, [value, gap, mayOpen]] of raw.entries()) {
        now += gap * STEP;
        run.see(observe(value, now, { mayOpen }));
        other.see(observe(value, now, { mayOpen, at: clock[index % clock.length] ?? 0 }));
      }
      expect(other.told).toEqual(run.told);
      const severities: string[] = ["none"];
      for (const event of run.events) {
        const last = severities.at(-1);
        if (event.kind === "ended") {
          expect(last).not.toBe("none");
          severities.push("none");
          continue;
        }
        expect(last === "none").toBe(event.kind === "violated");
        expect(last === event.severity).toBe(event.kind === "continued");
        severities.push(event.severity);
      }
      const firstBad = raw.findIndex(([value]) => value >= 80);
      const opened = run.events[0]?.now ?? Infinity;
      const begun = raw.slice(0, firstBad + 1).reduce((sum, [, gap]) => sum + gap * STEP, 0);
      expect(opened).toBeGreaterThanOrEqual(firstBad < 0 ? Infinity : begun + (plan.forMs ?? 0));
    }),
    { numRuns: 300 },
  );
});
