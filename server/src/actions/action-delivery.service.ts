import { actionBlockOf } from "@muster/shared/actions/action-block.ts";
import { ACTIONS } from "@muster/shared/actions/catalog.ts";
import type {
  ActionClaim,
  ActionEnvelope,
  ActionOrder,
  ActionProgress,
  ActionResult,
  ActionStart,
  ActionClaimAnswer,
  DeviceRecord,
} from "@muster/shared/contracts/action-delivery.ts";
import { MAX_ACTIONS_PER_CLAIM } from "@muster/shared/protocol/agent-protocol.ts";
import type { Transaction } from "kysely";
import type { Signatures } from "../identity/index.ts";
import { createGroupedTransactions } from "../platform/database/grouped-transactions.ts";
import type { Tables } from "../platform/database/tables.ts";
import { MusterError } from "../platform/errors.ts";
import type { DeviceCaller } from "../platform/http/caller.ts";
import {
  claimed,
  closed,
  finished,
  progressed,
  started,
  type Transition,
  deadlinesApplied,
} from "./action-transitions.ts";
import type { ActionRepository } from "./action.repository.ts";
import type { ActionsPlatform } from "./actions-platform.ts";
import { recordOf } from "./device-record.ts";
import { requesterLine, readPayload } from "./stored-action.ts";
import type { ActionRow } from "./actions.tables.ts";
import { wholeOrganization } from "../platform/tenant.ts";

export type ActionDelivery = {
  /** Hands waiting actions to their device, signed, each bound to the nonce of this claim. */
  claim(device: DeviceCaller, claim: ActionClaim): Promise<ActionClaimAnswer>;
  /** Resolves when the device may act. Throws `conflict` when it may not, `not-found` for a foreign or unknown action. */
  start(device: DeviceCaller, id: string, start: ActionStart): Promise<void>;
  progress(device: DeviceCaller, id: string, progress: ActionProgress): Promise<void>;
  finish(device: DeviceCaller, id: string, result: ActionResult): Promise<void>;
  /** The actions of the device, newest first. */
  record(device: DeviceCaller): Promise<DeviceRecord>;
};

/** The most actions that a device can read back. */
const MAX_RECORD_ENTRIES = 500;

export function createActionDelivery(platform: ActionsPlatform): ActionDelivery {
  const { store, clock, actions, findTargets, signatures, announce } = platform;
  const transact = createGroupedTransactions(store);

  async function change(
    device: DeviceCaller,
    id: string,
    transition: (row: ActionRow) => Transition,
  ): Promise<void> {
    const changed = await transact(async (tx) => {
      const row = await actions.lock(tx, device.orgId, id);
      if (!row || row.device_id !== device.deviceId) {
        throw new MusterError("not-found", "There is no such action for this device.");
      }
      const outcome = transition(row);
      if ("refused" in outcome)
        throw new MusterError("conflict", `The action does not accept this: ${outcome.refused}.`);
      if ("unchanged" in outcome) return false;
      await actions.update(tx, device.orgId, outcome.to);
      return true;
    });
    if (changed) announce.changed(device.orgId, [id]);
  }

  async function isBlocked({ orgId, deviceId }: DeviceCaller): Promise<boolean> {
    const target = (await findTargets(wholeOrganization(orgId), [deviceId])).get(deviceId);
    return !target || actionBlockOf(target) !== null;
  }

  return {
    async claim(device, { nonce }) {
      const { orgId, deviceId } = device;
      const now = clock.now();
      const taken = (await isBlocked(device))
        ? []
        : await transact((tx) => takePending(actions, tx, device, nonce, now));
      const ids = taken.map(({ id }) => id);
      if (ids.length > 0) announce.changed(orgId, ids);
      return {
        serverTime: now,
        envelopes: await Promise.all(taken.map((row) => signEnvelope(signatures, row, nonce))),
        cancelAsked: await actions.cancelRequestedIds(store.read, orgId, deviceId),
      };
    },

    async start(device, id, { nonce, bootId }) {
      const isDeviceBlocked = await isBlocked(device);
      await change(device, id, (row) =>
        isDeviceBlocked && row.state === "delivered"
          ? { refused: "the device is held" }
          : started(row, nonce, bootId, clock.now()),
      );
    },
    progress: (device, id, progress) => change(device, id, (row) => progressed(row, progress, clock.now())),
    finish: (device, id, result) => change(device, id, (row) => finished(row, result, clock.now())),
    async record({ orgId, deviceId }) {
      const rows = await actions.readNewest(store.read, orgId, deviceId, MAX_RECORD_ENTRIES);
      return { actions: rows.map(recordOf) };
    },
  };
}

/** Claims the pending actions of a device; ends those that are due or replaced instead. */
async function takePending(
  actions: ActionRepository,
  tx: Transaction<Tables>,
  { orgId, deviceId }: DeviceCaller,
  nonce: string,
  now: number,
): Promise<ActionRow[]> {
  const taken: ActionRow[] = [];
  const pending = await actions.lockPending(tx, orgId, deviceId, MAX_ACTIONS_PER_CLAIM);
  for (const row of pending) {
    const due = replacedOrDue(row, pending, now);
    const outcome = "to" in due ? due : claimed(row, nonce, now);
    if (!("to" in outcome)) continue;
    await actions.update(tx, orgId, outcome.to);
    if (outcome.to.state === "delivered") taken.push(outcome.to);
  }
  return taken;
}

/**
 * Two requests at the same moment do not see each other, and an ended lease puts an action back beside a newer one: of such actions
 * only the newest is kept.
 */
function replacedOrDue(row: ActionRow, pending: readonly ActionRow[], now: number): Transition {
  const isNewer = ({ type, id }: ActionRow) => type === row.type && id > row.id;
  return ACTIONS[row.type].isCoalesced && pending.some(isNewer)
    ? { to: closed(row, "cancelled", now, "replaced by a newer one") }
    : deadlinesApplied(row, now);
}

/** The order to do an action, signed by every key of its organization. */
async function signEnvelope(signatures: Signatures, row: ActionRow, nonce: string): Promise<ActionEnvelope> {
  const order: ActionOrder = {
    v: 1,
    organizationId: row.org_id,
    deviceId: row.device_id,
    actionId: row.id,
    type: row.type,
    payload: readPayload(row),
    validUntil: row.valid_until,
    nonce,
    askedBy: requesterLine(row),
  };
  const bytes = Buffer.from(JSON.stringify(order));
  const signed = await signatures.signFor(order.organizationId, bytes);
  return {
    order: bytes.toString("base64url"),
    signatures: signed.map(({ keyId, signature }) => ({ keyId, signature: signature.toString("base64url") })),
  };
}
