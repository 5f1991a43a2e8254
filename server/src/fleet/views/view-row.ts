import { type SavedView, ViewDefinition } from "@muster/shared/contracts/saved-view.ts";
import type { Role } from "@muster/shared/contracts/identity.ts";
import { hasRole } from "../../platform/http/access.ts";
import { toInstant } from "../../platform/instant.ts";
import type { Tenant } from "../../platform/tenant.ts";
import type { SavedViewsTable } from "../fleet.tables.ts";
import { mayKnowView } from "./view-visibility.ts";

/** A member who reads or changes views. */
export type ViewMember = Tenant & { userId: string; name: string; role: Role };

/** The view as a member sees it; null when the member may not know it. */
export function toView(row: SavedViewsTable, member: ViewMember): SavedView | null {
  const definition = ViewDefinition.parse(JSON.parse(row.definition));
  if (row.owner_id !== member.userId && !mayKnowView(member, definition.query)) return null;
  return {
    id: row.id,
    name: row.name,
    isShared: row.private_to === null,
    owner: { id: row.owner_id, name: row.owner_name },
    isOwn: row.owner_id === member.userId,
    mayChange: mayChangeView(row, member),
    definition,
    version: row.version,
    updatedAt: toInstant(row.updated_at),
  };
}

/** A shared view concerns everybody: its owner changes it as long as an operator, and an administrator does. */
export function mayChangeView(
  { owner_id, private_to }: SavedViewsTable,
  { userId, role }: ViewMember,
): boolean {
  if (private_to !== null) return owner_id === userId;
  return hasRole(role, owner_id === userId ? "operator" : "admin");
}
