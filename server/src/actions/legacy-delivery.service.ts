import type { ActionType } from "@muster/shared/actions/catalog.ts";
import type { QueuedActions } from "@muster/shared/contracts/action.ts";
import type { Transaction } from "kysely";
import type { Tables } from "../platform/database/tables.ts";
import { MusterError } from "../platform/errors.ts";
import type { LegacyKeyCaller } from "../platform/http/caller.ts";
import type { ActionService } from "./action.service.ts";
import {
  claimed,
  endedUnsigned,
  notSupported,
  started,
  type Transition,
  deadlinesApplied,
  type UnsignedEnd,
} from "./action-transitions.ts";
import type { ActionsPlatform } from "./actions-platform.ts";
import type { ActionRow } from "./actions.tables.ts";
import { findActionByLegacyId, findLegacyId, insertLegacyId } from "./legacy-action.repository.ts";
import { readPayload } from "./stored-action.ts";
import { wholeOrganization } from "../platform/tenant.ts";

/** An action without an envelope, which agents of legacy systems could not verify. */
export type LegacyOrder = { type: ActionType; payload: Record<string, unknown> };

export type LegacyDelivery = {
  /** Queues one action for one legacy device. Returns its id in the legacy system. Throws as `ActionService.queue`. */
  queue(
    origin: { caller: LegacyKeyCaller; requestId: string },
    deviceId: string,
    order: LegacyOrder,
  ): Promise<string>;
  /**
   * Hands waiting actions to a legacy device, oldest first and up to a restart, each only once: its agent cannot report that it
   * started, so handing out is the start. `toOrder` translates into the format of the device's system; null where it has no such action, which ends the action as
   * an error.
   */
  take<Order>(
    caller: LegacyKeyCaller,
    deviceId: string,
    toOrder: (order: LegacyOrder) => Order | null,
  ): Promise<{ legacyId: string; order: Order }[]>;
  /**
   * Ends an action as a legacy agent reports it. `machineId` is the machine that the agent names, null when it names none. A second
   * end of an action changes nothing. Throws `not-found` for an action of another system, organization or machine, `conflict` for one
   * that was not handed out.
   */
  finish(
    caller: LegacyKeyCaller,
    answer: { legacyId: string; machineId: string | null; end: UnsignedEnd },
  ): Promise<void>;
};

const MAX_ACTIONS_PER_TAKE = 10;
/** A legacy agent replaces itself when it gets to this action, and would lose what follows it in the same answer. */
const REPLACES_AGENT: ActionType = "restart";
/** In place of the nonce and the boot id, which a legacy agent does not have. */
const UNSIGNED = "unsigned";

export function createLegacyDelivery(platform: ActionsPlatform, service: ActionService): LegacyDelivery {
  const { store, clock, actions, findTargets, announce } = platform;

  /** The device, if it is of the caller's system and the key may act for it. Throws `not-found`. */
  async function requireOlder({ orgId, system, machineId }: LegacyKeyCaller, deviceId: string) {
    const target = (await findTargets(wholeOrganization(orgId), [deviceId])).get(deviceId);
    const isAllowed = machineId === null || machineId === target?.legacy?.machineId;
    if (target?.legacy?.system !== system || !isAllowed) throw notFound();
    return { ...target, machineId: target.legacy.machineId };
  }

  function handOut(row: ActionRow, isKnown: boolean): Transition {
    const now = clock.now();
    const due = deadlinesApplied(row, now);
    if ("to" in due) return due;
    const claim = claimed(row, UNSIGNED, now);
    if (!("to" in claim)) return claim;
    return isKnown ? started(claim.to, UNSIGNED, UNSIGNED, now) : notSupported(claim.to, now);
  }

  return {
    async queue(origin, deviceId, order) {
      const { orgId } = origin.caller;
      const { machineId } = await requireOlder(origin.caller, deviceId);
      const queued: QueuedActions = await service.queue(
        origin,
        { ...order, deviceIds: [deviceId] },
        AbortSignal.any([]),
      );
      const id = queued.actions[0]?.id;
      if (id === undefined) throw new Error("The device was accepted, but no action was queued for it.");
      return store.transaction(async (tx) => {
        const row = await actions.find(tx, wholeOrganization(orgId), id);
        if (!row) throw notFound();
        return legacyIdOf(tx, row, machineId);
      });
    },

    async take(caller, deviceId, toOrder) {
      const { orgId } = caller;
      const { machineId, isArchived } = await requireOlder(caller, deviceId);
      if (isArchived) return [];
      const changed: string[] = [];
      const taken = await store.transaction(async (tx) => {
        const orders: { legacyId: string; order: NonNullable<ReturnType<typeof toOrder>> }[] = [];
        for (const row of await actions.lockPending(tx, orgId, deviceId, MAX_ACTIONS_PER_TAKE)) {
          const order = toOrder({ type: row.type, payload: readPayload(row) });
          const outcome = handOut(row, order !== null);
          if (!("to" in outcome)) continue;
          await actions.update(tx, orgId, outcome.to);
          changed.push(row.id);
          if (outcome.to.state !== "executing" || order === null || order === undefined) continue;
          orders.push({ legacyId: await legacyIdOf(tx, row, machineId), order });
          if (row.type === REPLACES_AGENT) break;
        }
        return orders;
      });
      if (changed.length > 0) announce.changed(orgId, changed);
      return taken;
    },

    async finish(caller, { legacyId, machineId, end }) {
      const { orgId } = caller;
      const found = await findActionByLegacyId(store.read, orgId, legacyId);
      if (!found) throw notFound();
      const device = await requireOlder(caller, found.device_id);
      if (machineId !== null && machineId !== device.machineId) throw notFound();
      const hasChanged = await store.transaction(async (tx) => {
        const row = await actions.lock(tx, orgId, found.id);
        if (!row) throw notFound();
        const outcome = endedUnsigned(row, end, clock.now());
        if ("refused" in outcome && hasEnded(row)) return false;
        if ("refused" in outcome)
          throw new MusterError("conflict", `The action does not accept this: ${outcome.refused}.`);
        if ("to" in outcome) await actions.update(tx, orgId, outcome.to);
        return "to" in outcome;
      });
      if (hasChanged) announce.changed(orgId, [found.id]);
    },
  };
}

function hasEnded({ state }: ActionRow): boolean {
  return state !== "pending" && state !== "delivered" && state !== "executing";
}

/** The id "organization:machine:epoch_ms" of an action, with the next free millisecond. */
async function legacyIdOf(tx: Transaction<Tables>, row: ActionRow, machineId: string): Promise<string> {
  const known = await findLegacyId(tx, row.org_id, row.id);
  if (known !== undefined) return known;
  for (let at = row.asked_at; ; at += 1) {
    const legacyId = `${row.org_id}:${machineId}:${at}`;
    if (await insertLegacyId(tx, { org_id: row.org_id, legacy_id: legacyId, action_id: row.id }))
      return legacyId;
  }
}

function notFound(): MusterError {
  return new MusterError("not-found", "There is no such action for this machine.");
}
