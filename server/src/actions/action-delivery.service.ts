import type {
  ActionClaim,
  ActionEnvelope,
  ActionProgress,
  ActionResult,
  ActionStart,
  ActionsClaimed,
} from "@muster/shared/contracts/action-delivery.ts";
import { MAX_ACTIONS_PER_CLAIM } from "@muster/shared/protocol/agent-protocol.ts";
import { MusterError } from "../platform/errors.ts";
import type { DeviceCaller } from "../platform/http/caller.ts";
import { claimed, finished, progressed, started, type Transition, timePassed } from "./action-transitions.ts";
import type { ActionsPlatform } from "./actions-platform.ts";
import { readPayload } from "./stored-action.ts";
import { signOrder } from "./sign-order.ts";
import type { ActionRow } from "./actions.tables.ts";

export type ActionDelivery = {
  /** Hands waiting actions to their device, signed, each bound to the nonce of this claim. */
  claim(device: DeviceCaller, claim: ActionClaim): Promise<ActionsClaimed>;
  /** Resolves when the device may act. Throws `conflict` when it may not, `not-found` for a foreign or unknown action. */
  start(device: DeviceCaller, id: string, start: ActionStart): Promise<void>;
  progress(device: DeviceCaller, id: string, progress: ActionProgress): Promise<void>;
  finish(device: DeviceCaller, id: string, result: ActionResult): Promise<void>;
};

export function createActionDelivery(platform: ActionsPlatform): ActionDelivery {
  const { store, clock, actions, findTargets, signatures, announce } = platform;

  async function change(
    device: DeviceCaller,
    id: string,
    transition: (row: ActionRow) => Transition,
  ): Promise<void> {
    const changed = await store.transaction(async (tx) => {
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

  async function take({ orgId, deviceId }: DeviceCaller, nonce: string, now: number): Promise<ActionRow[]> {
    return store.transaction(async (tx) => {
      const taken: ActionRow[] = [];
      for (const row of await actions.lockPending(tx, orgId, deviceId, MAX_ACTIONS_PER_CLAIM)) {
        const due = timePassed(row, now);
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
    });
  }

  return {
    async claim(device, { nonce }) {
      const { orgId, deviceId } = device;
      const target = (await findTargets(orgId, [deviceId])).get(deviceId);
      const isHeld = !target || target.isArchived || target.isCloneSuspected || !target.isApproved;
      const now = clock.now();
      const taken = isHeld ? [] : await take(device, nonce, now);
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

    start: (device, id, { nonce, bootId }) =>
      change(device, id, (row) => started(row, nonce, bootId, clock.now())),
    progress: (device, id, progress) => change(device, id, (row) => progressed(row, progress, clock.now())),
    finish: (device, id, result) => change(device, id, (row) => finished(row, result, clock.now())),
  };
}
