import type { ActionType } from "@muster/shared/actions/catalog.ts";
import type { Action } from "@muster/shared/contracts/action.ts";
import { isOver } from "./state-line.ts";

/** A batch of actions that is tracked to its end; `deviceName` is set when it is one device. */
export type Batch = {
  batchId: string;
  type: ActionType;
  actionIds: readonly string[];
  deviceName: string | null;
};

/** How far the actions of a batch are. */
type BatchProgress = {
  done: number;
  failed: number;
  /** Cancelled or expired. */
  called: number;
  /** Not yet claimed, because the device is offline, is paused or may not be acted on. */
  waiting: number;
  /** In progress. */
  moving: number;
  isOver: boolean;
};

export function progressOf(actions: readonly Pick<Action, "state" | "waitsBecause">[]): BatchProgress {
  const progress = { done: 0, failed: 0, called: 0, waiting: 0, moving: 0 };
  for (const { state, waitsBecause } of actions) {
    if (state === "done") progress.done += 1;
    else if (state === "error") progress.failed += 1;
    else if (isOver(state)) progress.called += 1;
    else if (state === "pending" && waitsBecause !== null) progress.waiting += 1;
    else progress.moving += 1;
  }
  return { ...progress, isOver: progress.waiting + progress.moving === 0 };
}
