import { createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from "node:crypto";
import { ACTIONS, type ActionType } from "@muster/shared/actions/catalog.ts";
import {
  ActionClaim,
  type ActionEnvelope,
  type ActionOrder,
  ActionProgress,
  ActionResult,
  ActionClaimAnswer,
  ActionStart,
  DeviceRecord,
  SignedStatement,
} from "@muster/shared/contracts/action-delivery.ts";
import { MAX_ACTIONS_PER_CLAIM } from "@muster/shared/protocol/agent-protocol.ts";
import type {
  ActionClient,
  ClaimOutcome,
  StatementOutcome,
} from "../../desktop-agent/src/transport/action-client.ts";
import type { AgentStream } from "../../desktop-agent/src/transport/agent-stream.ts";
import {
  cancelRequested,
  claimed,
  finished,
  progressed,
  started,
  type Transition,
  deadlinesApplied,
} from "../../server/src/actions/action-transitions.ts";
import type { ActionRow, StoredStep } from "../../server/src/actions/actions.tables.ts";
import { recordOf } from "../../server/src/actions/device-record.ts";
import { requesterLine, readSteps } from "../../server/src/actions/stored-action.ts";
import { createUuidV7Factory } from "../../server/src/platform/crypto/ids.ts";

type Statement = ActionStart | ActionProgress | ActionResult;

/** `lost` never arrives, which the device cannot know; `unanswered` is accepted and its answer lost; `unreachable` is never sent. */
export type ActionBehaviour = "well" | "lost" | "unanswered" | "unreachable";

/** The server's side of actions for one device, in memory: the real state machine and real signatures. */
export type MemoryActions = {
  client: ActionClient;
  stream: (nudged: () => void) => AgentStream;
  /** Keys to pin at the device. */
  signingKeys: { id: string; publicKey: string }[];
  /** The device's public key, in the form of an enrolment, and who it is. */
  enrolled(device: { deviceId: string; organizationId: string; publicKey: string }): void;
  queue(type: ActionType, payload?: object): string;
  cancel(id: string): void;
  row(id: string): ActionRow;
  steps(id: string): StoredStep[];
  /** Applies the deadlines. */
  passTime(): void;
  /** Every statement that arrived, also repeated and lost ones; `bytes` as they were signed. */
  readonly statements: readonly { statement: Statement; bytes: string }[];
  claims(): number;
  behave(behaviourOf: (says: "claim" | "record" | Statement["says"]) => ActionBehaviour): void;
  /** Called when a statement was accepted, before its answer is sent. */
  afterStatement(run: (statement: Statement) => void): void;
  /** What a hostile server hands out instead. */
  handOut(change: (envelope: ActionEnvelope, order: ActionOrder) => ActionEnvelope): void;
  /** Signs an order as it is. */
  envelope(order: object, key?: KeyObject, keyId?: string): ActionEnvelope;
  nudge(): void;
  isStreamHeld(): boolean;
  /** How often an immediate try of the stream was requested. */
  streamTries(): number;
};

const LOST = { kind: "unknown", reason: "no answer" } as const;
const UNREACHABLE = { kind: "not-sent", reason: "nothing listens" } as const;
const KEY_ID = "key-1";

export function createMemoryActions(now: () => number): MemoryActions {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const makeId = createUuidV7Factory(now);
  const rows = new Map<string, ActionRow>();
  const statements: { statement: Statement; bytes: string }[] = [];
  let device = { deviceId: "", organizationId: "", publicKey: "" };
  let claims = 0;
  let streamTries = 0;
  let behaviourOf: (says: "claim" | "record" | Statement["says"]) => ActionBehaviour = () => "well";
  let afterStatement: (statement: Statement) => void = () => undefined;
  let handOut = (given: ActionEnvelope, _order: ActionOrder) => given;
  let nudged: (() => void) | null = null;

  function open(statement: SignedStatement): { bytes: Buffer; json: unknown } {
    const { statement: text, signature } = SignedStatement.parse(statement);
    const bytes = Buffer.from(text, "base64url");
    const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: device.publicKey }, format: "jwk" });
    if (!verify(null, bytes, key, Buffer.from(signature, "base64url")))
      throw new Error("not signed by the device");
    return { bytes, json: JSON.parse(bytes.toString()) };
  }

  function envelope(order: object, key = privateKey, keyId = KEY_ID): ActionEnvelope {
    const bytes = Buffer.from(JSON.stringify(order));
    return {
      order: bytes.toString("base64url"),
      signatures: [{ keyId, signature: sign(null, bytes, key).toString("base64url") }],
    };
  }

  function orderOf(row: ActionRow, nonce: string): ActionOrder {
    const { organizationId, deviceId } = device;
    const { id: actionId, type, valid_until: validUntil } = row;
    return {
      v: 1,
      organizationId,
      deviceId,
      actionId,
      type,
      payload: JSON.parse(row.payload),
      validUntil,
      nonce,
      askedBy: requesterLine(row),
    };
  }

  function passTime(): void {
    for (const row of rows.values()) apply(deadlinesApplied(row, now()));
  }

  function apply(transition: Transition): StatementOutcome {
    if ("refused" in transition) return { kind: "refused", reason: transition.refused };
    if ("to" in transition) rows.set(transition.to.id, transition.to);
    return { kind: "taken" };
  }

  function takeClaim({ nonce }: ActionClaim): ClaimOutcome {
    passTime();
    const envelopes: ActionEnvelope[] = [];
    for (const row of [...rows.values()]
      .filter(({ state }) => state === "pending")
      .slice(0, MAX_ACTIONS_PER_CLAIM)) {
      apply(claimed(row, nonce, now()));
      const order = orderOf(row, nonce);
      envelopes.push(handOut(envelope(order), order));
    }
    const asked = [...rows.values()].filter(
      ({ state, cancel_asked }) => cancel_asked === 1 && (state === "delivered" || state === "executing"),
    );
    const answer = { serverTime: now(), envelopes, cancelAsked: asked.map(({ id }) => id) };
    return { kind: "claimed", answer: ActionClaimAnswer.parse(answer) };
  }

  function take(received: Statement): StatementOutcome {
    const row = rows.get(received.actionId);
    if (!row) return { kind: "refused", reason: "There is no such action for this device." };
    const outcome = apply(transitionOf(row, received, now()));
    if (outcome.kind === "taken") afterStatement(received);
    return outcome;
  }

  function through<Outcome>(says: "claim" | "record" | Statement["says"], act: () => Outcome) {
    const behaviour = behaviourOf(says);
    if (behaviour === "unreachable") return UNREACHABLE;
    if (behaviour === "lost") return LOST;
    const outcome = act();
    return behaviour === "unanswered" ? LOST : outcome;
  }

  return {
    client: {
      async claim(statement) {
        claims += 1;
        const claim = ActionClaim.parse(open(statement).json);
        return through("claim", () => takeClaim(claim));
      },
      async send(actionId, step, statement) {
        const { bytes, json } = open(statement);
        const received = STATEMENTS[step].parse(json);
        if (received.actionId !== actionId) throw new Error("the path names another action");
        statements.push({ statement: received, bytes: bytes.toString() });
        return through(received.says, () => take(received));
      },
      record: async () =>
        through("record", () => ({
          kind: "read",
          record: DeviceRecord.parse({ actions: [...rows.values()].map(recordOf).toReversed() }),
        })),
    },
    // As on the server, a new connection of a device replaces its previous stream.
    stream: (call) => ({
      keepOpen() {
        if (nudged === call) return;
        nudged = call;
        call();
      },
      close() {
        if (nudged === call) nudged = null;
      },
      tryNow: () => {
        streamTries += 1;
      },
      isOpen: () => nudged === call,
    }),
    signingKeys: [{ id: KEY_ID, publicKey: publicKey.export({ format: "jwk" }).x ?? "" }],
    enrolled: (next) => {
      device = next;
    },
    queue(type, payload = {}) {
      const id = makeId();
      const stored = JSON.stringify(ACTIONS[type].payload.parse(payload));
      rows.set(id, newRow(id, type, stored, now()));
      return id;
    },
    cancel(id) {
      apply(cancelRequested(rowOf(id), now()));
    },
    row: rowOf,
    steps: (id) => readSteps(rowOf(id)),
    passTime,
    statements,
    claims: () => claims,
    behave: (next) => {
      behaviourOf = next;
    },
    afterStatement: (run) => {
      afterStatement = run;
    },
    handOut: (change) => {
      handOut = change;
    },
    envelope,
    nudge: () => nudged?.(),
    isStreamHeld: () => nudged !== null,
    streamTries: () => streamTries,
  };

  function rowOf(id: string): ActionRow {
    const row = rows.get(id);
    if (!row) throw new Error(`no action ${id}`);
    return row;
  }
}

const STATEMENTS = { start: ActionStart, progress: ActionProgress, result: ActionResult };

function transitionOf(row: ActionRow, received: Statement, now: number): Transition {
  switch (received.says) {
    case "start":
      return started(row, received.nonce, received.bootId, now);
    case "progress":
      return progressed(row, received, now);
    case "result":
      return finished(row, received, now);
  }
}

function newRow(id: string, type: ActionType, payload: string, now: number): ActionRow {
  return {
    id,
    type,
    payload,
    org_id: "o",
    batch_id: "b",
    device_id: "d",
    state: "pending",
    asked_by: JSON.stringify({ type: "user", name: "Ada Lovelace", id: null }),
    asked_at: now,
    changed_at: now,
    valid_until: now + ACTIONS[type].validForS * 1000,
    nonce: null,
    lease_until: null,
    start_boot_id: null,
    gives_up_at: null,
    cancel_asked: 0,
    result: null,
    error_code: null,
    error_message: null,
    result_digest: null,
    steps: JSON.stringify([{ at: now, step: "asked", until: null, note: null }]),
  };
}
