import type { Organization, OrganizationChange } from "@muster/shared/contracts/identity.ts";
import { DEFAULT_REPORT_INTERVAL_S } from "@muster/shared/protocol/agent-protocol.ts";
import { terminalLine } from "@muster/shared/unsafe-characters.ts";
import type { Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import { MusterError } from "../../platform/errors.ts";
import type { UserCaller } from "../../platform/http/caller.ts";
import { toInstant } from "../../platform/instant.ts";
import { type Actor, actorOf, systemActor } from "../audit/actor.ts";
import { changesOf } from "../audit/audit-changes.ts";
import type { Audit } from "../audit/audit.service.ts";
import { raiseAuthEpoch } from "../credentials/auth-epoch.system-repository.ts";
import type { IdentityContext } from "../identity-context.ts";
import { assertVersion, nextEdit, toEditInfo, UNEDITED } from "../../platform/edit-version.ts";
import {
  findOrganization,
  lockOrganization,
  type OrganizationRow,
  updateOrganization,
} from "./organization.repository.ts";
import {
  findFirstOrganization,
  insertOrganization,
  listOrganizations,
} from "./organization.system-repository.ts";
import { insertSigningKey, readSigningKeys } from "./signing-key.repository.ts";
import { createSigningKeyPair, type Seal } from "./signing-key.ts";

const DEFAULT_OFFLINE_AFTER_S = 600;

export type Organizations = {
  /** Throws `not-found`. */
  get(orgId: string): Promise<Organization>;
  /** All organizations of this server, oldest first: for the command line and jobs. */
  list(): Promise<Organization[]>;
  create(name: string, actor: Actor): Promise<Organization>;
  /**
   * Creates another organization for an owner of the server's first one, who set the server up. Throws `forbidden` for any other
   * caller.
   */
  createAdditional(name: string, caller: UserCaller): Promise<Organization>;
  /** Creates the first organization, without a name, when there is none. Returns the oldest one. */
  ensureFirst(): Promise<Organization>;
  /** Throws `precondition-failed` when the organization has another version than the given one. */
  change(
    orgId: string,
    change: OrganizationChange,
    by: ChangedBy & { version?: number | null },
  ): Promise<Organization>;
  /** Public signing keys of the organization, which a device pins at its enrolment. */
  signingKeys(orgId: string): Promise<{ id: string; publicKey: string }[]>;
};

export type ChangedBy = { actor: Actor; requestId: string | null };

export function createOrganizations(
  platform: IdentityContext,
  deps: { audit: Audit; seal: Seal },
): Organizations {
  const { store, clock, makeId, events } = platform;

  async function insert(tx: Transaction<Tables>, name: string | null, actor: Actor) {
    const at = clock.now();
    const row = newOrganizationRow(makeId(), name, at);
    await insertOrganization(tx, row);
    const pair = createSigningKeyPair(row.id, deps.seal);
    await insertSigningKey(tx, {
      id: pair.id,
      org_id: row.id,
      public_key: pair.publicKey,
      sealed_private_key: pair.sealedPrivateKey,
      created_at: at,
      retired_at: null,
    });
    await deps.audit.record(tx, {
      orgId: row.id,
      actor,
      action: "organization.created",
      subject: { type: "organization", id: row.id, name: name ?? "" },
      details: { signingKeyId: pair.id },
      requestId: null,
    });
    return row;
  }

  async function get(orgId: string): Promise<Organization> {
    const row = await findOrganization(store.read, orgId);
    if (!row) throw new MusterError("not-found", "There is no such organization.");
    return toOrganization(row);
  }

  return {
    get,
    list: async () => (await listOrganizations(store.read)).map(toOrganization),
    create: async (name, actor) => toOrganization(await store.transaction((tx) => insert(tx, name, actor))),
    async createAdditional(name, caller) {
      const first = await findFirstOrganization(store.read);
      if (caller.role !== "owner" || caller.orgId !== first?.id) {
        throw new MusterError(
          "forbidden",
          "Only an owner of this server's first organization can create others.",
        );
      }
      return toOrganization(await store.transaction((tx) => insert(tx, name, actorOf(caller))));
    },
    async ensureFirst() {
      const first = await findFirstOrganization(store.read);
      if (first) return toOrganization(first);
      const made = await store.transaction(async (tx) => {
        // Serializes two servers that start on one empty database: the second finds the organization of the first.
        await raiseAuthEpoch(tx);
        return (await findFirstOrganization(tx)) ?? (await insert(tx, null, systemActor));
      });
      return toOrganization(made);
    },
    async change(orgId, change, { actor, requestId, version = null }) {
      if (Object.keys(change).length === 0) return get(orgId);
      await store.transaction(async (tx) => {
        const at = clock.now();
        const before = (await lockOrganization(tx, orgId, at)) && (await findOrganization(tx, orgId));
        if (!before) throw new MusterError("not-found", "There is no such organization.");
        assertVersion(version, toEditInfo(before));
        await updateOrganization(tx, orgId, { ...columnsOf(change), ...nextEdit(before, actor, at) }, at);
        await deps.audit.record(tx, {
          orgId,
          actor,
          requestId,
          action: "organization.changed",
          subject: { type: "organization", id: orgId, name: change.name ?? before.name ?? "" },
          details: { changes: changesOf(toOrganization(before), change) },
        });
      });
      events.publish({ topic: "organization.changed", orgId, ids: [orgId] });
      return get(orgId);
    },
    signingKeys: async (orgId) =>
      (await readSigningKeys(store.read, orgId)).map((row) => ({ id: row.id, publicKey: row.public_key })),
  };
}

function newOrganizationRow(id: string, name: string | null, at: number): OrganizationRow {
  return {
    id,
    name,
    offline_after_s: DEFAULT_OFFLINE_AFTER_S,
    report_interval_s: DEFAULT_REPORT_INTERVAL_S,
    longest_pause_s: null,
    support_contact: null,
    ...UNEDITED,
    created_at: at,
    updated_at: at,
  };
}

function columnsOf(change: OrganizationChange): Parameters<typeof updateOrganization>[2] {
  return {
    ...(change.name !== undefined && { name: change.name }),
    ...(change.offlineAfterS !== undefined && { offline_after_s: change.offlineAfterS }),
    ...(change.reportIntervalS !== undefined && { report_interval_s: change.reportIntervalS }),
    ...(change.longestPauseS !== undefined && { longest_pause_s: change.longestPauseS }),
    ...(change.supportContact !== undefined && {
      support_contact: change.supportContact && JSON.stringify(change.supportContact),
    }),
  };
}

/** Reads a JSON column, which only this module writes. */
function contactOf({ support_contact }: OrganizationRow): Organization["supportContact"] {
  const contact: Organization["supportContact"] = JSON.parse(support_contact ?? "null");
  return contact;
}

function toOrganization(row: OrganizationRow): Organization {
  return {
    id: row.id,
    name: row.name === null ? null : terminalLine(row.name),
    offlineAfterS: row.offline_after_s,
    reportIntervalS: row.report_interval_s,
    longestPauseS: row.longest_pause_s,
    supportContact: contactOf(row),
    createdAt: toInstant(row.created_at),
    ...toEditInfo(row),
  };
}
