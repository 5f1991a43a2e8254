import { MAX_DEPENDENCY_DEPTH } from "@muster/shared/device-limits.ts";
import type { Transaction } from "kysely";
import type { Dialect } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { MusterError } from "../../platform/errors.ts";
import type { Tenant } from "../../platform/tenant.ts";
import {
  type DependencyRow,
  lockDependencies,
  readDependencies,
  readDependentDepth,
} from "./dependency.repository.ts";
import { findDevices } from "./device.repository.ts";
import { type DetailRow, nameOf } from "./device-row.ts";

/** What the audit log says: names, or ids of devices of another customer, whose members may read the entry. */
export type DependencyNames = { from: string | null; to: string | null };

type DependingRow = Pick<DetailRow, "id" | "customer_id" | "depends_on">;

/**
 * Checks that a device may depend on another one. Returns what the audit log says; undefined when it stays as it is. Throws `bad-request`
 * for a device that the tenant does not reach, for an archived one, and where the chain becomes a circle or too long.
 */
export async function changeDependency(
  tx: Transaction<Tables>,
  dialect: Dialect,
  tenant: Tenant,
  { row, dependsOn }: { row: DependingRow; dependsOn: string | null | undefined },
): Promise<DependencyNames | undefined> {
  if (dependsOn === undefined) return undefined;
  await lockDependencies(tx, dialect, tenant.orgId);
  const [former] = (await readDependencies(tx, tenant.orgId, [row.id])).get(row.id)?.chain ?? [];
  const from = former ? auditNameOf(former, row) : row.depends_on;
  if (dependsOn === null) return { from, to: null };
  if (dependsOn === row.id) throw refused("must be another device");
  const [chosen] = await findDevices(tx, tenant, [dependsOn]);
  if (!chosen) throw refused("must be a device of the organization");
  if (chosen.archived_at !== null) throw refused("must not be an archived device");
  const chain = (await readDependencies(tx, tenant.orgId, [dependsOn])).get(dependsOn)?.chain ?? [];
  if (chain.some(({ id }) => id === row.id)) throw refused("must not depend on this device itself");
  const below = await readDependentDepth(tx, tenant.orgId, row.id);
  if (below + 1 + chain.length > MAX_DEPENDENCY_DEPTH) {
    throw refused(`must not make a chain of more than ${MAX_DEPENDENCY_DEPTH} dependencies`);
  }
  return { from, to: auditNameOf(chosen, row) };
}

function auditNameOf(
  device: Pick<DependencyRow, "id" | "label" | "hostname" | "customer_id">,
  { customer_id }: DependingRow,
): string {
  return device.customer_id === customer_id ? nameOf(device) : device.id;
}

function refused(message: string): MusterError {
  return new MusterError("bad-request", "The device cannot depend on this one.", {
    details: [{ path: "dependsOn", message }],
  });
}
