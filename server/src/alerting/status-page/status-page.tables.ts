import type { IncidentImpact } from "@muster/shared/contracts/status-page.ts";

import type { EditColumns } from "../../platform/edit-version.ts";

/** The status page of an organization. */
export type StatusPageRow = {
  org_id: string;
  /** 128 random bits: the last part of the address that visitors know. */
  address: string;
  is_enabled: 0 | 1;
  title: string;
  intro: string;
  /** JSON array of the contract's `StatusComponent`. */
  components: string;
} & EditColumns;

/** An incident on the status page. Times are wall time. */
export type StatusIncidentRow = {
  id: string;
  org_id: string;
  title: string;
  impact: IncidentImpact;
  /** JSON array of ids of components. */
  component_ids: string;
  /** JSON array of the contract's `IncidentUpdate`, newest first. */
  updates: string;
  opened_at: number;
  resolved_at: number | null;
};

declare module "../../platform/database/tables.ts" {
  interface Tables {
    status_pages: StatusPageRow;
    status_incidents: StatusIncidentRow;
  }
}
