import type { DeviceDetail, RelatedDevice, SuspectedClone } from "@muster/shared/contracts/device.ts";
import type { Kysely } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import { reaches, type Tenant } from "../../platform/tenant.ts";
import { readGaps } from "../availability/availability.repository.ts";
import { withoutGaps } from "../availability/measure.ts";
import { type DependencyRow, readDependencies, readDependents } from "./dependency.repository.ts";
import { findSameMachine } from "./device.repository.ts";
import { type DetailRow, nameOf, toDetail } from "./device-row.ts";

/** Everything about a device of the tenant, with what the rows of other tables tell about it. */
export async function readDetail(
  db: Kysely<Tables>,
  tenant: Tenant,
  row: DetailRow,
  now: number,
): Promise<DeviceDetail> {
  const clone = row.clone_suspected_at === null ? null : await readClone(db, tenant, row);
  return toDetail(row, now, {
    clone,
    unobservedS: await readUnobservedS(db, row, now),
    ...(await readRelated(db, tenant, row)),
  });
}

async function readClone(db: Kysely<Tables>, tenant: Tenant, row: DetailRow): Promise<SuspectedClone> {
  const same = row.has_clone === 1 ? await findSameMachine(db, tenant.orgId, row) : [];
  const others = same.filter(({ customer_id }) => reaches(tenant, customer_id));
  return {
    kind: same.length > 0 ? "machine-id" : "credential",
    others: others.map((other) => ({ id: other.id, name: nameOf(other) })),
  };
}

async function readRelated(
  db: Kysely<Tables>,
  tenant: Tenant,
  { id }: DetailRow,
): Promise<Pick<DeviceDetail, "dependencies" | "dependents">> {
  const chain = (await readDependencies(db, tenant.orgId, [id])).get(id)?.chain ?? [];
  const hidden = chain.findIndex(({ customer_id }) => !reaches(tenant, customer_id));
  return {
    dependencies: (hidden < 0 ? chain : chain.slice(0, hidden)).map(toRelated),
    dependents: (await readDependents(db, tenant, id)).map(toRelated),
  };
}

function toRelated(
  row: Pick<DependencyRow, "id" | "label" | "hostname" | "shown" | "archived_at">,
): RelatedDevice {
  return { id: row.id, name: nameOf(row), shown: row.shown, isArchived: row.archived_at !== null };
}

async function readUnobservedS(db: Kysely<Tables>, row: DetailRow, now: number): Promise<number> {
  const isReporting = row.connection === "online" || row.last_received_at === null;
  const since = isReporting ? row.connection_since : (row.last_received_at ?? row.connection_since);
  if (since >= now) return 0;
  const span = { from: since, to: now };
  return Math.round((now - since - withoutGaps(span, await readGaps(db, span))) / 1_000);
}
