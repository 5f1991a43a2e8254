import type { AuditAction } from "@muster/shared/contracts/audit.ts";
import {
  type IncidentUpdate,
  MAX_INCIDENT_UPDATES,
  MAX_STATUS_INCIDENTS,
  type NewIncidentUpdate,
  type NewStatusIncident,
  type StatusIncident,
  type StatusIncidents,
} from "@muster/shared/contracts/status-page.ts";
import type { Transaction } from "kysely";
import type { Audit, ChangedBy } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { MakeId } from "../../platform/crypto/ids.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { MusterError } from "../../platform/errors.ts";
import { toInstant, toNullableInstant } from "../../platform/instant.ts";
import {
  deleteIncidents,
  findIncident,
  insertIncident,
  readIncidents,
  updateIncident,
} from "./incident.repository.ts";
import { findPage } from "./status-page.repository.ts";
import { componentsOf } from "./status-page.service.ts";
import type { StatusIncidentRow } from "./status-page.tables.ts";

export type IncidentService = {
  list(orgId: string): Promise<StatusIncidents>;
  /** Throws `bad-request` for a component that the page does not have. */
  open(orgId: string, input: NewStatusIncident, by: ChangedBy): Promise<StatusIncident>;
  /** Throws `not-found`, and `conflict` beyond the number of updates. */
  update(orgId: string, incidentId: string, input: NewIncidentUpdate, by: ChangedBy): Promise<StatusIncident>;
  remove(orgId: string, incidentId: string, by: ChangedBy): Promise<void>;
};

type IncidentDeps = {
  store: Store;
  clock: Clock;
  makeId: MakeId;
  audit: Pick<Audit, "record">;
  /** Called after the incidents of an organization have changed. */
  onChange(orgId: string): void;
};

export function createIncidents({ store, clock, makeId, audit, onChange }: IncidentDeps): IncidentService {
  return {
    async list(orgId) {
      return { items: (await readIncidents(store.read, orgId)).map(toStatusIncident) };
    },

    async open(orgId, { title, impact, componentIds, state, text }, by) {
      const at = clock.now();
      const row: StatusIncidentRow = {
        id: makeId(),
        org_id: orgId,
        title,
        impact,
        component_ids: JSON.stringify([...new Set(componentIds)]),
        updates: JSON.stringify([{ at: toInstant(at), state, text }]),
        opened_at: at,
        resolved_at: state === "resolved" ? at : null,
      };
      await store.transaction(async (tx) => {
        await requireComponents(tx, orgId, componentIds);
        await insertIncident(tx, row);
        await deleteIncidents(tx, orgId, await surplusOf(tx, orgId));
        await audit.record(tx, entryOf(row, "status-incident.opened", by));
      });
      onChange(orgId);
      return toStatusIncident(row);
    },

    async update(orgId, incidentId, { state, text, impact }, by) {
      const at = clock.now();
      const row = await store.transaction(async (tx) => {
        const before = await requireIncident(tx, orgId, incidentId);
        const updates = [{ at: toInstant(at), state, text }, ...updatesOf(before)];
        if (updates.length > MAX_INCIDENT_UPDATES)
          throw new MusterError(
            "conflict",
            `An incident has at most ${MAX_INCIDENT_UPDATES} updates. Open a new one.`,
          );
        const after: StatusIncidentRow = {
          ...before,
          impact: impact ?? before.impact,
          updates: JSON.stringify(updates),
          resolved_at: state === "resolved" ? (before.resolved_at ?? at) : null,
        };
        await updateIncident(tx, after);
        await audit.record(tx, entryOf(after, "status-incident.updated", by));
        return after;
      });
      onChange(orgId);
      return toStatusIncident(row);
    },

    async remove(orgId, incidentId, by) {
      await store.transaction(async (tx) => {
        const row = await requireIncident(tx, orgId, incidentId);
        await deleteIncidents(tx, orgId, [row.id]);
        await audit.record(tx, entryOf(row, "status-incident.removed", by));
      });
      onChange(orgId);
    },
  };
}

async function requireIncident(tx: Transaction<Tables>, orgId: string, incidentId: string) {
  const row = await findIncident(tx, orgId, incidentId);
  if (!row) throw new MusterError("not-found", "There is no such incident.");
  return row;
}

async function requireComponents(
  tx: Transaction<Tables>,
  orgId: string,
  componentIds: readonly string[],
): Promise<void> {
  const page = await findPage(tx, orgId);
  const known = new Set((page ? componentsOf(page) : []).map(({ id }) => id));
  const unknown = componentIds.flatMap((id, index) => (known.has(id) ? [] : [index]));
  if (unknown.length === 0) return;
  throw new MusterError("bad-request", "The incident names a component that the status page does not have.", {
    details: unknown.map((index) => ({
      path: `componentIds.${index}`,
      message: "must be the id of a component",
    })),
  });
}

/** The oldest resolved incidents, beyond the number that is kept. */
async function surplusOf(tx: Transaction<Tables>, orgId: string): Promise<string[]> {
  const rows = await readIncidents(tx, orgId);
  return rows
    .slice(MAX_STATUS_INCIDENTS)
    .flatMap(({ id, resolved_at }) => (resolved_at === null ? [] : [id]));
}

function updatesOf({ updates }: Pick<StatusIncidentRow, "updates">): IncidentUpdate[] {
  const read: IncidentUpdate[] = JSON.parse(updates);
  return read;
}

export function toStatusIncident(row: StatusIncidentRow): StatusIncident {
  const updates = updatesOf(row);
  const componentIds: string[] = JSON.parse(row.component_ids);
  return {
    id: row.id,
    title: row.title,
    impact: row.impact,
    componentIds,
    state: updates[0]?.state ?? "investigating",
    updates,
    openedAt: toInstant(row.opened_at),
    resolvedAt: toNullableInstant(row.resolved_at),
  };
}

function entryOf({ id, org_id, title }: StatusIncidentRow, action: AuditAction, by: ChangedBy) {
  return { orgId: org_id, ...by, action, subject: { type: "status-incident", id, name: title } };
}
