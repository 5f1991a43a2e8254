import type { Transaction } from "kysely";
import { countDevicesOfScope } from "../../fleet/index.ts";
import { type ChangedBy, readMemberContacts } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Tables } from "../../platform/database/tables.ts";
import type { Tenant } from "../../platform/tenant.ts";
import type { PlanNote } from "../notifications/index.ts";
import { readScope } from "./silence-match.ts";
import type { SilenceRow } from "./silences.tables.ts";

/** Owners are told of a silence for more devices, or for longer, than this. */
const MAX_QUIET_DEVICES = 10;
const MAX_QUIET_MS = 24 * 3_600_000;

/** Tells owners of a silence that is large, once: `before` is null for a new one. */
export type TellOwners = (
  tx: Transaction<Tables>,
  tenant: Tenant,
  change: { before: SilenceRow | null; after: SilenceRow },
  by: ChangedBy,
) => Promise<void>;

export function createTellOwners({ clock, planNote }: { clock: Clock; planNote: PlanNote }): TellOwners {
  async function devicesOf(tx: Transaction<Tables>, tenant: Tenant, row: SilenceRow): Promise<number> {
    return row.alarm_id === null ? countDevicesOfScope(tx, tenant, readScope(row), clock.now()) : 1;
  }

  return async (tx, tenant, { before, after }, { actor }) => {
    const devices = await devicesOf(tx, tenant, after);
    const isNews =
      before === null ? devices > MAX_QUIET_DEVICES || isLong(after) : isLong(after) && !isLong(before);
    if (!isNews) return;
    const note = {
      kind: "silence",
      author: actor.name,
      comment: after.comment,
      devices,
      endsAt: after.ends_at,
      customerId: null,
    } as const;
    const contacts = await readMemberContacts(tx, tenant.orgId);
    for (const { userId, role } of contacts) {
      const isAuthor = actor.type === "user" && actor.id === userId;
      if (role === "owner" && !isAuthor) await planNote(tx, { orgId: tenant.orgId, userId }, note);
    }
  };
}

function isLong({ starts_at, ends_at }: SilenceRow): boolean {
  return ends_at - starts_at > MAX_QUIET_MS;
}
