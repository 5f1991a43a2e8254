import type { AuditAction } from "@muster/shared/contracts/audit.ts";
import { changesOf } from "../../identity/index.ts";
import type { SavedViewsTable } from "../fleet.tables.ts";

/** What the audit log says about a change: nothing about views that nobody else sees. `null` is a view that is not there. */
export function auditEntriesOf(before: SavedViewsTable | null, after: SavedViewsTable | null) {
  const action = actionOf(isShared(before), isShared(after), after === null);
  const row = after ?? before;
  if (action === null || row === null) return [];
  return [
    {
      orgId: row.org_id,
      action,
      subject: { type: "saved-view", id: row.id, name: row.name },
      ...(before && after && { details: changedFields(before, after) }),
    },
  ];
}

function actionOf(wasShared: boolean, willBeShared: boolean, isRemoved: boolean): AuditAction | null {
  if (wasShared && isRemoved) return "saved-view.removed";
  if (wasShared && willBeShared) return "saved-view.changed";
  if (willBeShared) return "saved-view.shared";
  return wasShared ? "saved-view.unshared" : null;
}

function changedFields(before: SavedViewsTable, after: SavedViewsTable): Record<string, unknown> {
  return {
    changes: changesOf({ name: before.name }, { name: after.name }),
    ...(before.definition !== after.definition && { definition: "changed" }),
  };
}

function isShared(row: SavedViewsTable | null): boolean {
  return row !== null && row.private_to === null;
}
