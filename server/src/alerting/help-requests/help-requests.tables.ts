/** A help request of a local user. Its state, and who takes care of it, are those of its alarm. */
export type HelpRequestRow = {
  alarm_id: string;
  org_id: string;
  device_id: string;
  /** Chosen by the agent, unique on its device. */
  id: string;
  asked_by: string;
  /** When the user asked, by the device's clock but never later than `received_at`. */
  asked_at: number;
  received_at: number;
  text: string;
  /** JSON of `HelpDiagnostics`. */
  diagnostics: string | null;
};

/** A message in the thread of a help request. The receipts are those of the device, for messages of IT. */
export type HelpMessageRow = {
  alarm_id: string;
  org_id: string;
  id: string;
  is_from_it: 0 | 1;
  author: string;
  text: string;
  at: number;
  delivered_at: number | null;
  read_at: number | null;
};

declare module "../../platform/database/tables.ts" {
  interface Tables {
    help_requests: HelpRequestRow;
    help_messages: HelpMessageRow;
  }
}
