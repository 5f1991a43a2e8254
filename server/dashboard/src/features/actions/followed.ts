import type { ActionType } from "@muster/shared/actions/catalog.ts";

/** Actions that were asked for together; `deviceName` is set when it is one device. */
export type Followed = {
  batchId: string;
  type: ActionType;
  actionIds: readonly string[];
  deviceName: string | null;
};
