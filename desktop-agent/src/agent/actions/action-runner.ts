import type { ActionEnvelope, ActionEnd, ActionOrder } from "@muster/shared/contracts/action-delivery.ts";
import { MAX_ACTIONS_PER_CLAIM } from "@muster/shared/protocol/agent-protocol.ts";
import { type Log, messageOf } from "../log.ts";
import type { ActionJournal } from "./action-journal.ts";
import { errorEnd } from "./action-outcome.ts";
import type { ActionPerformer } from "./action-performer.ts";
import { type AllowList, reasonToForbid } from "./allow-list.ts";
import type { AtFaultPoint } from "./fault-points.ts";
import type { Preparation } from "./prepare-action.ts";
import type { ServerTime } from "./server-time.ts";
import type { Statements } from "./statements.ts";
import { type PinnedKey, verifyEnvelope } from "./verify-envelope.ts";

/** Claims actions and verifies them. What may be done goes to the performer. */
export type ActionRunner = {
  /** Claims what waits; during a claim one more is made after it. Never rejects. */
  claim(): Promise<void>;
};

export type ActionRunnerDeps = {
  organizationId: string;
  deviceId: string;
  bootId: string;
  /** The keys that may sign orders. A function, since an order of keys signed by the old one may one day change them. */
  pinnedKeys: () => readonly PinnedKey[];
  statements: Statements;
  journal: ActionJournal;
  performer: ActionPerformer;
  serverTime: ServerTime;
  /** Milliseconds since boot. */
  sinceBootMs: () => number;
  wallMs: () => number;
  /** 32 random bytes in base64url. */
  makeNonce: () => string;
  readAllowList: () => Promise<AllowList>;
  prepareAction: (type: string, payload: unknown) => Promise<Preparation>;
  /** Whether this device wants work now. */
  isActive: () => boolean;
  at: AtFaultPoint;
  log: Log;
};

export function createActionRunner(deps: ActionRunnerDeps): ActionRunner {
  const { bootId, statements, performer, serverTime, log, at } = deps;
  const accept = createAcceptor(deps);
  let isWanted = false;
  let claiming: Promise<void> | null = null;
  let lastProblem: string | null = null;

  async function claimAll(): Promise<void> {
    while (isWanted && deps.isActive()) {
      isWanted = false;
      isWanted = (await claimOnce()) || isWanted;
    }
  }

  /** Returns true when more may wait. */
  async function claimOnce(): Promise<boolean> {
    const nonce = deps.makeNonce();
    const askedAtMs = deps.sinceBootMs();
    const outcome = await statements.claim({ nonce, bootId, sentAt: deps.wallMs() });
    if (outcome.kind !== "claimed") {
      if (outcome.reason !== lastProblem) log.warn(`Actions cannot be claimed: ${outcome.reason}`);
      lastProblem = outcome.reason;
      return false;
    }
    lastProblem = null;
    const { serverTime: serverMs, envelopes, cancelAsked } = outcome.answer;
    serverTime.update(serverMs, askedAtMs);
    for (const envelope of envelopes) await take(envelope, nonce);
    for (const id of cancelAsked) performer.requestCancel(id);
    performer.serverReached(deps.isActive());
    return envelopes.length >= MAX_ACTIONS_PER_CLAIM;
  }

  async function take(envelope: ActionEnvelope, nonce: string): Promise<void> {
    at("claimed");
    const { organizationId, deviceId } = deps;
    const serverNowMs = serverTime.nowMs() ?? Number.POSITIVE_INFINITY;
    const keys = deps.pinnedKeys();
    const verdict = verifyEnvelope(envelope, { keys, organizationId, deviceId, nonce, serverNowMs });
    if (verdict.kind === "trusted") return accept(verdict.order);
    log.error(`An order was refused, nothing was done: ${verdict.reason}`);
    const end = errorEnd("refused-envelope", `The device refused the order: ${verdict.reason}`);
    // Whoever wrote it may have invented its id: the journal is not filled with it. The server hands it out again if this is lost.
    if (verdict.actionId !== null) void statements.result(verdict.actionId, bootId, end);
  }

  return {
    claim() {
      isWanted = true;
      claiming ??= claimAll().finally(() => {
        claiming = null;
      });
      return claiming;
    },
  };
}

/** Accepts an order that this device trusts, or ends it with the reason why not. */
function createAcceptor(deps: ActionRunnerDeps): (order: ActionOrder) => Promise<void> {
  const { bootId, statements, journal, performer, log, at } = deps;
  return async (order) => {
    const { actionId: id, type } = order;
    const preparation = await deps.prepareAction(type, order.payload);
    const refusal = refusalOf(order, await deps.readAllowList(), preparation);
    try {
      await journal.load();
      const known = journal.find(id);
      if (performer.isUnderWay(id) || known?.started || known?.mayHaveStarted) {
        return log.warn(
          `Action ${id} (${type}) was handed out again. It has started already and is left alone.`,
        );
      }
      await journal.accepted(order);
    } catch (error) {
      log.error(`Action ${id} (${type}) was not started, the journal cannot be written: ${messageOf(error)}`);
      const end = errorEnd(
        "journal-unwritable",
        `Nothing was done, as the journal cannot be written: ${messageOf(error)}`,
      );
      return void statements.result(id, bootId, end);
    }
    at("accepted");
    if (!refusal) return performer.begin(id);
    log.warn(`Action ${id} (${type}) was refused: ${refusal.message}`);
    performer.conclude(id, refusal);
  };
}

function refusalOf(
  { type }: ActionOrder,
  allowList: AllowList,
  preparation: Preparation,
): Extract<ActionEnd, { outcome: "error" }> | null {
  const forbidden = reasonToForbid(allowList, type);
  if (forbidden !== null) return errorEnd("forbidden-by-device", forbidden);
  switch (preparation.kind) {
    case "unknown-type":
      return errorEnd("not-supported", `This agent does not support the action ${type}.`);
    case "bad-payload":
      return errorEnd("refused-envelope", `The payload is invalid: ${preparation.reason}`);
    case "ready":
      return null;
  }
}
