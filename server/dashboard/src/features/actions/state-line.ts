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
  /** When it will happen; for a message that is shown, until when an answer is waited for. */
  until: string | null;
  note: string | null;
};

const REPLACED = "replaced by a newer one";
const QUICK_MS = 1_000;
const HALF_DAY_MS = 12 * 3_600_000;

/** The way of an action in the order in which it went. Steps that follow each other quickly are told to the tenth of a second. */
export function stateLine({ steps, state }: Pick<Action, "steps" | "state">): LineStep[] {
  const lastEnd = steps.findLastIndex(isEnd);
  return steps.map((one, index) => {
    const { at, step, until, note } = one;
    const isMoot = step === "shown" && isOver(state);
    return {
      step,
      state: isEnd(one) ? (index === lastEnd ? state : "error") : null,
      at,
      precision: step === "read" ? "minute" : precisionOf(at, steps[index - 1]?.at),
      until: isMoot ? null : until,
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

function isEnd({ step }: ActionStep): boolean {
  return step === "ended" || step === "corrected";
}

function precisionOf(at: string, before: string | undefined): Precision {
  if (before === undefined) return "minute";
  const distanceMs = Date.parse(at) - Date.parse(before);
  if (distanceMs < QUICK_MS) return "tenth";
  return distanceMs < HALF_DAY_MS ? "second" : "day";
}
