import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import { findPage, writePage } from "./status-page.repository.ts";
import { componentsOf } from "./status-page.service.ts";

/** Gives the components of a customer to another one, before the first one is deleted. */
export async function moveStatusPage(
  tx: Transaction<Tables>,
  orgId: string,
  from: string,
  into: string,
): Promise<void> {
  const page = await findPage(tx, orgId);
  const components = page ? componentsOf(page) : [];
  if (!page || !components.some(({ scope }) => scope.kind === "customer" && scope.customerId === from))
    return;
  const moved = components.map((component) =>
    component.scope.kind === "customer" && component.scope.customerId === from
      ? { ...component, scope: { kind: "customer", customerId: into } }
      : component,
  );
  const version = page.edit_version + 1;
  await writePage(
    tx,
    { ...page, components: JSON.stringify(moved), edit_version: version },
    page.edit_version,
  );
}

/** Whether the status page shows the customer. */
export async function hasComponentsOf(
  db: Kysely<Tables>,
  orgId: string,
  customerId: string,
): Promise<boolean> {
  const page = await findPage(db, orgId);
  if (!page) return false;
  return componentsOf(page).some(({ scope }) => scope.kind === "customer" && scope.customerId === customerId);
}
