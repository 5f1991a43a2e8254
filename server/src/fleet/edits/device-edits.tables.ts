import type { DeviceEditFailure } from "@muster/shared/contracts/device-edit.ts";

/** An edit of many devices. `actor`, `customer_ids` and `change` are JSON; times are epoch milliseconds. */
export type DeviceEditRow = {
  id: string;
  org_id: string;
  actor: string;
  /** Type and id of the actor: the one who may read and undo the edit. */
  actor_key: string;
  /** The customer limit of the actor; null for none. */
  customer_ids: string | null;
  /** JSON of `StoredChange`; an undo has an empty one. */
  change: string;
  undo_of: string | null;
  state: "running" | "done";
  request_id: string | null;
  created_at: number;
  /** When its newest portion was written. */
  touched_at: number;
  finished_at: number | null;
  /** Id of the edit that undoes this one. */
  undone_by: string | null;
};

/** One device of an edit. `former` and `written` are JSON of `EditedColumns`. */
export type DeviceEditItemRow = {
  edit_id: string;
  position: number;
  org_id: string;
  device_id: string;
  state: "pending" | "changed" | "unchanged" | "failed";
  reason: DeviceEditFailure | null;
  former: string | null;
  written: string | null;
};

declare module "../../platform/database/tables.ts" {
  interface Tables {
    device_edits: DeviceEditRow;
    device_edit_items: DeviceEditItemRow;
  }
}
