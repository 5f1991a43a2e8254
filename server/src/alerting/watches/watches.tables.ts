import type { NewWatch, Watch } from "@muster/shared/contracts/watch.ts";

/** What a user is told of once. `created_at` is wall time in epoch milliseconds. */
export type WatchRow = {
  id: string;
  org_id: string;
  user_id: string;
  kind: NewWatch["kind"];
  target_id: string;
  until: Watch["until"];
  created_at: number;
};

declare module "../../platform/database/tables.ts" {
  interface Tables {
    watches: WatchRow;
  }
}
