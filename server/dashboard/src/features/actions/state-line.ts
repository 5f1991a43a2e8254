import type { Action, ActionState, ActionStep } from "@muster/shared/contracts/action.ts";

/** How exactly a time of the line is written: with its day, to the minute, the second, or the tenth of a second. */
export type Precision = "day" | "minute" | "second" | "tenth";

/** One station of an action's way. The last one is its end, when it has ended. */
export type LineStep = {
  step: Exclude<ActionStep["step"], "ended"> | "ended";
  /** What it became, for the end and its correction. */
  state: ActionState | null;
  at: string;
  precision: Precision;
  until: string | null;
  note: string | null;
};

const REPLACED = "replaced by a newer one";
const QUICK_MS = 1_000;
const HALF_DAY_MS = 12 * 3_600_000;

/** The way of an action in the order in which it went. Steps that follow each other quickly are told to the tenth of a second. */
export function stateLine({ steps, state }: Pick<Action, "steps" | "state">): LineStep[] {
  return steps.map(({ at, step, until, note }, index) => {
    const before = steps[index - 1];
    const isEnd = step === "ended" || step === "corrected";
    const isLast = index === steps.length - 1;
    return {
      step,
      state: isEnd ? (isLast ? state : "error") : null,
      at,
      precision: precisionOf(at, before?.at),
      until,
      note: step === "ended" ? null : note,
    };
  });
}

/** Whether a newer action of its kind took this one's place. */
export function isReplaced({ state, steps }: Pick<Action, "steps" | "state">): boolean {
  return state === "cancelled" && steps.at(-1)?.note === REPLACED;
}

export function isOver(state: ActionState): boolean {
  return state === "done" || state === "error" || state === "expired" || state === "cancelled";
}

function precisionOf(at: string, before: string | undefined): Precision {
  if (before === undefined) return "minute";
  const distanceMs = Date.parse(at) - Date.parse(before);
  if (distanceMs < QUICK_MS) return "tenth";
  return distanceMs < HALF_DAY_MS ? "second" : "day";
}
