import { randomBytes } from "node:crypto";
import type { DeviceScope } from "@muster/shared/contracts/device-scope.ts";
import type { AuditAction } from "@muster/shared/contracts/audit.ts";
import type {
  StatusComponent,
  StatusPageSettings,
  StatusPageChange,
} from "@muster/shared/contracts/status-page.ts";
import type { Transaction } from "kysely";
import type { Audit, ChangedBy, Organizations } from "../../identity/index.ts";
import { changesOf } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { MakeId } from "../../platform/crypto/ids.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { assertVersion, nextEdit, toEditInfo, UNEDITED } from "../../platform/edit-version.ts";
import { MusterError } from "../../platform/errors.ts";
import { findPage, writePage } from "./status-page.repository.ts";
import type { StatusPageRow } from "./status-page.tables.ts";

/** Path of the public page; the address follows. */
export const STATUS_PATH = "/status";
const DEFAULT_TITLE = "Status";

export type StatusPageService = {
  /** The page of an organization; one that is not enabled when nobody has changed it. */
  get(orgId: string): Promise<StatusPageSettings>;
  /** Throws `bad-request` for a scope that the organization does not have, and `precondition-failed` for another version. */
  change(
    orgId: string,
    given: { change: StatusPageChange; version: number | null },
    by: ChangedBy,
  ): Promise<StatusPageSettings>;
  /** Gives the page a new address; nobody reaches the former one from then on. */
  renewAddress(orgId: string, by: ChangedBy): Promise<StatusPageSettings>;
};

export type StatusPageDeps = {
  store: Store;
  clock: Clock;
  makeId: MakeId;
  audit: Pick<Audit, "record">;
  organizations: Pick<Organizations, "get">;
  publicUrl: string;
  /** Which of these scopes name a customer or device that the organization does not have, as indices. */
  findUnknownScopes(
    tx: Transaction<Tables>,
    orgId: string,
    scopes: readonly DeviceScope[],
  ): Promise<number[]>;
};

export function createStatusPages(deps: StatusPageDeps): StatusPageService {
  const { store, publicUrl } = deps;
  const edit = createEdit(deps);
  return {
    async get(orgId) {
      const row = await findPage(store.read, orgId);
      if (row) return toStatusPage(row, publicUrl);
      return { ...toStatusPage(await newRow(deps, orgId), publicUrl), url: null };
    },
    change: (orgId, { change, version }, by) =>
      edit({ orgId, version, by, action: "status-page.changed" }, (before) =>
        changedRow(deps, before, change),
      ),
    renewAddress: (orgId, by) =>
      edit({ orgId, version: null, by, action: "status-page.address-renewed" }, (before) => ({
        ...before,
        address: newAddress(),
      })),
  };
}

type Edit = { orgId: string; version: number | null; by: ChangedBy; action: AuditAction };

/** Creates the function that changes the page in one transaction, with a new version and an entry in the audit log. */
function createEdit(deps: StatusPageDeps) {
  const { store, clock, audit, publicUrl } = deps;
  return async (
    { orgId, version, by, action }: Edit,
    plan: (before: StatusPageRow) => StatusPageRow,
  ): Promise<StatusPageSettings> => {
    const fresh = await newRow(deps, orgId);
    const row = await store.transaction(async (tx) => {
      const before = (await findPage(tx, orgId)) ?? fresh;
      assertVersion(version, toEditInfo(before));
      const planned = plan(before);
      await requireScopes(deps, tx, planned);
      const after = { ...planned, ...nextEdit(before, by.actor, clock.now()) };
      // Another server may have changed it since it was read.
      if (!(await writePage(tx, after, before.edit_version)))
        assertVersion(before.edit_version, toEditInfo({ ...before, edit_version: before.edit_version + 1 }));
      const subject = { type: "status-page", id: orgId, name: after.title };
      const details = { changes: changesOf(auditedFields(before), auditedFields(after)) };
      await audit.record(tx, { orgId, ...by, action, subject, details });
      return after;
    });
    return toStatusPage(row, publicUrl);
  };
}

async function newRow({ organizations }: StatusPageDeps, orgId: string): Promise<StatusPageRow> {
  const { name } = await organizations.get(orgId);
  return {
    org_id: orgId,
    address: newAddress(),
    is_enabled: 0,
    title: name ?? DEFAULT_TITLE,
    intro: "",
    components: "[]",
    ...UNEDITED,
  };
}

function newAddress(): string {
  return randomBytes(16).toString("base64url");
}

function changedRow(
  { makeId }: Pick<StatusPageDeps, "makeId">,
  before: StatusPageRow,
  { isEnabled, title, intro, components }: StatusPageChange,
): StatusPageRow {
  const known = new Set(componentsOf(before).map(({ id }) => id));
  return {
    ...before,
    ...(isEnabled !== undefined && { is_enabled: isEnabled ? (1 as const) : (0 as const) }),
    ...(title !== undefined && { title }),
    ...(intro !== undefined && { intro }),
    ...(components && {
      components: JSON.stringify(
        components.map((component) => ({
          ...component,
          id: component.id !== undefined && known.has(component.id) ? component.id : makeId(),
        })),
      ),
    }),
  };
}

async function requireScopes(
  { findUnknownScopes }: Pick<StatusPageDeps, "findUnknownScopes">,
  tx: Transaction<Tables>,
  row: StatusPageRow,
): Promise<void> {
  const scopes = componentsOf(row).map(({ scope }) => scope);
  const unknown = await findUnknownScopes(tx, row.org_id, scopes);
  if (unknown.length === 0) return;
  throw new MusterError("bad-request", "A component names something that does not exist.", {
    details: unknown.map((index) => ({
      path: `components.${index}.scope`,
      message: "must name a customer or device of the organization",
    })),
  });
}

function toStatusPage(row: StatusPageRow, publicUrl: string): StatusPageSettings {
  return {
    isEnabled: row.is_enabled === 1,
    title: row.title,
    intro: row.intro,
    url: `${publicUrl}${STATUS_PATH}/${row.address}`,
    components: componentsOf(row),
    ...toEditInfo(row),
  };
}

export function componentsOf({ components }: Pick<StatusPageRow, "components">): StatusComponent[] {
  const read: StatusComponent[] = JSON.parse(components);
  return read;
}

/** Without the address, which is a secret as long as nobody has shared it. */
function auditedFields(row: StatusPageRow) {
  const components = componentsOf(row).map(({ name }) => name);
  return { isEnabled: row.is_enabled === 1, title: row.title, intro: row.intro, components };
}
