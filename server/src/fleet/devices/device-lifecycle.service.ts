import type { CloneDecision, DeviceDetail } from "@muster/shared/contracts/device.ts";
import type { Transaction } from "kysely";
import type { Audit, DeviceCredentials } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { MusterError } from "../../platform/errors.ts";
import type { EventBus } from "../../platform/events/event-bus.ts";
import type { DeviceCaller } from "../../platform/http/caller.ts";
import type { OrganizationSettings } from "../organization-settings.ts";
import type { DeviceArchiving } from "./device-archiving.ts";
import { deleteDevice, clearCloneEvidence, findDevice, lockDevice } from "./device.repository.ts";
import { type ChangeDevice, type ChangedBy, requireDevice } from "./device-change.ts";
import { insertDeparture } from "../watch/device-signals.repository.ts";
import { nameOf } from "./device-row.ts";
import { type Tenant, wholeOrganization } from "../../platform/tenant.ts";

/** Archives, approves and removes devices. Throws `not-found` for a device that the tenant does not reach. */
export type DeviceLifecycle = {
  archive(tenant: Tenant, deviceId: string, by: ChangedBy): Promise<DeviceDetail>;
  restore(tenant: Tenant, deviceId: string, by: ChangedBy): Promise<DeviceDetail>;
  /** Removes an archived device with its history and credentials. Throws `conflict` for one that is not archived. */
  purge(tenant: Tenant, deviceId: string, by: ChangedBy): Promise<void>;
  approve(tenant: Tenant, deviceId: string, by: ChangedBy): Promise<DeviceDetail>;
  /** Ends the suspicion of a clone: `keep` accepts its reports, `revoke` refuses both machines. Throws `conflict` when nothing is suspected. */
  decideClone(
    tenant: Tenant,
    deviceId: string,
    { decision }: CloneDecision,
    by: ChangedBy,
  ): Promise<DeviceDetail>;
  /** The agent reports its removal: revokes the credential and archives the device. */
  leave(device: DeviceCaller, requestId: string): Promise<void>;
};

/** Removes a device's history inside the transaction that removes the device. */
export type PurgeHistory = (tx: Transaction<Tables>, deviceNo: number) => Promise<void>;

type LifecycleDeps = {
  store: Store;
  clock: Clock;
  events: EventBus;
  audit: Audit;
  archiving: DeviceArchiving;
  settings: OrganizationSettings;
  credentials: DeviceCredentials;
  changeDevice: ChangeDevice;
  purgeHistory: PurgeHistory;
};

export function createDeviceLifecycle(deps: LifecycleDeps): DeviceLifecycle {
  const { store, clock, events, archiving, settings, credentials, changeDevice } = deps;

  function publishRevoked(orgId: string, deviceId: string): void {
    events.publish({ topic: "credential.changed", orgId, ids: [deviceId] });
  }

  return {
    archive: (tenant, deviceId, by) => changeDevice(tenant, deviceId, by, (row) => archiving.archive(row)),

    async restore(tenant, deviceId, by) {
      const { offlineAfterS } = await settings.of(tenant.orgId);
      return changeDevice(tenant, deviceId, by, (row) => archiving.restore(row, offlineAfterS));
    },

    purge: createPurge(deps, publishRevoked),

    approve: (tenant, deviceId, by) =>
      changeDevice(tenant, deviceId, by, (row) =>
        row.approved_at === null
          ? { columns: { approved_at: clock.now() }, action: "device.approved" }
          : null,
      ),

    async decideClone(tenant, deviceId, { decision }, by) {
      const { orgId } = tenant;
      const detail = await changeDevice(tenant, deviceId, by, async (row, tx) => {
        if (row.clone_suspected_at === null) {
          throw new MusterError(
            "conflict",
            "No other machine is suspected of using this device's credential.",
          );
        }
        await clearCloneEvidence(tx, orgId, row);
        if (decision === "revoke") await credentials.revokeDevice(tx, { orgId, deviceId });
        return {
          columns: { clone_suspected_at: null, has_clone: 0 },
          action: "device.clone-decided",
          details: { decision },
        };
      });
      if (decision === "revoke") publishRevoked(orgId, deviceId);
      return detail;
    },

    async leave({ orgId, deviceId }, requestId) {
      const tenant = wholeOrganization(orgId);
      const row = await findDevice(store.read, tenant, deviceId);
      const name = row ? nameOf(row) : deviceId;
      const by: ChangedBy = { actor: { type: "device", id: deviceId, name }, requestId };
      await changeDevice(tenant, deviceId, by, async ({ device_no: deviceNo }, tx) => {
        const at = clock.now();
        await credentials.revokeDevice(tx, { orgId, deviceId });
        await insertDeparture(tx, { orgId, deviceNo, deviceId, at }, "left");
        return { columns: { archived_at: at }, action: "device.left" };
      });
      publishRevoked(orgId, deviceId);
    },
  };
}

/** Deletes everything of an archived device in one transaction. */
function createPurge(
  { store, clock, events, audit, credentials, purgeHistory }: LifecycleDeps,
  publishRevoked: (orgId: string, deviceId: string) => void,
): DeviceLifecycle["purge"] {
  return async (tenant, deviceId, { actor, requestId }) => {
    const { orgId } = tenant;
    await store.transaction(async (tx) => {
      await lockDevice(tx, store.dialect, orgId, deviceId);
      const row = await requireDevice(tx, tenant, deviceId);
      if (row.archived_at === null) {
        throw new MusterError(
          "conflict",
          "Archive the device first. Only archived devices can be deleted permanently.",
        );
      }
      await purgeHistory(tx, row.device_no);
      await credentials.purgeDevice(tx, { orgId, deviceId });
      await deleteDevice(tx, orgId, row);
      const departed = { orgId, deviceNo: row.device_no, deviceId, at: clock.now() };
      await insertDeparture(tx, departed, "removed");
      await audit.record(tx, {
        orgId,
        actor,
        action: "device.purged",
        subject: { type: "device", id: deviceId, name: nameOf(row) },
        customerId: row.customer_id,
        requestId,
      });
    });
    publishRevoked(orgId, deviceId);
    events.publish({ topic: "device.removed", orgId, ids: [deviceId] });
  };
}
