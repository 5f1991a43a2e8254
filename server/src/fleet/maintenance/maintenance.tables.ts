/** A maintenance window. Times are wall time. */
export type MaintenanceWindowRow = {
  id: string;
  org_id: string;
  name: string;
  note: string;
  /** JSON of the contract's `MaintenanceScope`. */
  scope: string;
  /** The customer of the scope; null for another kind of scope. */
  customer_id: string | null;
  /** JSON of `StoredSchedule`. */
  schedule: string;
  is_enabled: 0 | 1;
  /** Occurrences that start before it do not open: those that had begun then were ended early. */
  skipped_until: number;
  /** When the job has to look at it next; null for never. */
  check_at: number | null;
  /** When a member removed it. The job removes the row once no device is in maintenance because of it. */
  removed_at: number | null;
  version: number;
  created_at: number;
  updated_at: number;
  updated_by: string | null;
};

declare module "../../platform/database/tables.ts" {
  interface Tables {
    maintenance_windows: MaintenanceWindowRow;
  }
}
