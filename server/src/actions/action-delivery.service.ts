import { actionBlockOf } from "@muster/shared/actions/action-block.ts";
import { ACTIONS } from "@muster/shared/actions/catalog.ts";
import type {
  ActionClaim,
  ActionEnvelope,
  ActionProgress,
  ActionResult,
  ActionStart,
  ActionClaimAnswer,
  DeviceRecord,
} from "@muster/shared/contracts/action-delivery.ts";
import { MAX_ACTIONS_PER_CLAIM } from "@muster/shared/protocol/agent-protocol.ts";
import { createGroupedTransactions } from "../platform/database/grouped-transactions.ts";
import { MusterError } from "../platform/errors.ts";
import type { DeviceCaller } from "../platform/http/caller.ts";
import {
  claimed,
  closed,
  finished,
  progressed,
  started,
  type Transition,
  timePassed,
} from "./action-transitions.ts";
import type { ActionsPlatform } from "./actions-platform.ts";
import { recordOf } from "./device-record.ts";
import { askerLine, readPayload } from "./stored-action.ts";
import { signOrder } from "./sign-order.ts";
import type { ActionRow } from "./actions.tables.ts";

export type ActionDelivery = {
  /** Hands waiting actions to their device, signed, each bound to the nonce of this claim. */
  claim(device: DeviceCaller, claim: ActionClaim): Promise<ActionClaimAnswer>;
  /** Resolves when the device may act. Throws `conflict` when it may not, `not-found` for a foreign or unknown action. */
  start(device: DeviceCaller, id: string, start: ActionStart): Promise<void>;
  progress(device: DeviceCaller, id: string, progress: ActionProgress): Promise<void>;
  finish(device: DeviceCaller, id: string, result: ActionResult): Promise<void>;
  /** What was asked of the device, newest first. */
  record(device: DeviceCaller): Promise<DeviceRecord>;
};

/** Actions that a device is told of its past at most. */
const MOST_RECORDED = 500;

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
        throw new MusterError("not-found", "there is no such action for this device");
      }
      const outcome = transition(row);
      if ("refused" in outcome) throw new MusterError("conflict", `not possible: ${outcome.refused}`);
      if ("unchanged" in outcome) return false;
      await actions.update(tx, device.orgId, outcome.to);
      return true;
    });
    if (changed) announce.changed(device.orgId, [id]);
  }

  async function isBlocked({ orgId, deviceId }: DeviceCaller): Promise<boolean> {
    const target = (await findTargets(orgId, [deviceId])).get(deviceId);
    return !target || actionBlockOf(target) !== null;
  }

  async function take({ orgId, deviceId }: DeviceCaller, nonce: string, now: number): Promise<ActionRow[]> {
    return transact(async (tx) => {
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
    });
  }

  function envelope(row: ActionRow, nonce: string): Promise<ActionEnvelope> {
    return signOrder(signatures, {
      v: 1,
      organizationId: row.org_id,
      deviceId: row.device_id,
      actionId: row.id,
      type: row.type,
      payload: readPayload(row),
      validUntil: row.valid_until,
      nonce,
      askedBy: askerLine(row),
    });
  }

  return {
    async claim(device, { nonce }) {
      const { orgId, deviceId } = device;
      const isBlockedNow = await isBlocked(device);
      const now = clock.now();
      const taken = isBlockedNow ? [] : await take(device, nonce, now);
      if (taken.length > 0)
        announce.changed(
          orgId,
          taken.map(({ id }) => id),
        );
      return {
        serverTime: now,
        envelopes: await Promise.all(taken.map((row) => envelope(row, nonce))),
        cancelAsked: await actions.cancelAskedOf(store.read, orgId, deviceId),
      };
    },

    async start(device, id, { nonce, bootId }) {
      const isBlockedNow = await isBlocked(device);
      await change(device, id, (row) =>
        isBlockedNow && row.state === "delivered"
          ? { refused: "the device is held" }
          : started(row, nonce, bootId, clock.now()),
      );
    },
    progress: (device, id, progress) => change(device, id, (row) => progressed(row, progress, clock.now())),
    finish: (device, id, result) => change(device, id, (row) => finished(row, result, clock.now())),
    async record({ orgId, deviceId }) {
      const rows = await actions.newestOf(store.read, orgId, deviceId, MOST_RECORDED);
      return { actions: rows.map(recordOf) };
    },
  };
}

/** Requests of one moment do not see each other, and a lease gives one back beside a newer one: of those only the newest is left. */
function replacedOrDue(row: ActionRow, pending: readonly ActionRow[], now: number): Transition {
  const isNewer = ({ type, id }: ActionRow) => type === row.type && id > row.id;
  return ACTIONS[row.type].isCoalesced && pending.some(isNewer)
    ? { to: closed(row, "cancelled", now, "replaced by a newer one") }
    : timePassed(row, now);
}
