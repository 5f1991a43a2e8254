import type { ActionType } from "@muster/shared/actions/catalog.ts";
import type { Action } from "@muster/shared/contracts/action.ts";
import { isOver } from "./state-line.ts";

/** Actions that were asked for together; `deviceName` is set when it is one device. */
export type Followed = {
  batchId: string;
  type: ActionType;
  actionIds: readonly string[];
  deviceName: string | null;
};

/** How far the actions are that were asked for together. */
type FollowedProgress = {
  done: number;
  failed: number;
  /** Cancelled or expired. */
  called: number;
  /** Not yet fetched, because the device is not there, is paused or may not be acted on. */
  waiting: number;
  /** Under way. */
  moving: number;
  isOver: boolean;
};

export function progressOf(actions: readonly Pick<Action, "state" | "waitsBecause">[]): FollowedProgress {
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
