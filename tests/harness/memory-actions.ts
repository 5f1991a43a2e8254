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

type Said = ActionStart | ActionProgress | ActionResult;

/** `lost` never arrives though the device cannot know, `unanswered` is taken and its answer lost, `unreachable` never leaves. */
export type ActionManner = "well" | "lost" | "unanswered" | "unreachable";

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
  /** Does what time alone does. */
  passTime(): void;
  /** Every statement that came, repeated and lost ones too; `bytes` as they were signed. */
  readonly told: readonly { said: Said; bytes: string }[];
  claims(): number;
  behave(manner: (says: "claim" | "record" | Said["says"]) => ActionManner): void;
  /** Called when a statement was taken, before its answer leaves. */
  afterTaking(run: (said: Said) => void): void;
  /** What a hostile server hands out instead. */
  handOut(change: (envelope: ActionEnvelope, order: ActionOrder) => ActionEnvelope): void;
  /** Signs an order as it is. */
  envelope(order: object, key?: KeyObject, keyId?: string): ActionEnvelope;
  nudge(): void;
  isStreamHeld(): boolean;
  /** How often the stream was to be tried at once. */
  streamTries(): number;
};

const LOST = { kind: "unknown", reason: "no answer" } as const;
const UNREACHABLE = { kind: "not-sent", reason: "nothing listens" } as const;
const KEY_ID = "key-1";

export function createMemoryActions(now: () => number): MemoryActions {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const makeId = createUuidV7Factory(now);
  const rows = new Map<string, ActionRow>();
  const told: { said: Said; bytes: string }[] = [];
  let device = { deviceId: "", organizationId: "", publicKey: "" };
  let claims = 0;
  let streamTries = 0;
  let manner: (says: "claim" | "record" | Said["says"]) => ActionManner = () => "well";
  let afterTaking: (said: Said) => void = () => undefined;
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

  function take(said: Said): StatementOutcome {
    const row = rows.get(said.actionId);
    if (!row) return { kind: "refused", reason: "There is no such action for this device." };
    const outcome = apply(transitionOf(row, said, now()));
    if (outcome.kind === "taken") afterTaking(said);
    return outcome;
  }

  function through<Outcome>(says: "claim" | "record" | Said["says"], act: () => Outcome) {
    const how = manner(says);
    if (how === "unreachable") return UNREACHABLE;
    if (how === "lost") return LOST;
    const outcome = act();
    return how === "unanswered" ? LOST : outcome;
  }

  return {
    client: {
      async claim(statement) {
        claims += 1;
        const said = ActionClaim.parse(open(statement).json);
        return through("claim", () => takeClaim(said));
      },
      async send(actionId, step, statement) {
        const { bytes, json } = open(statement);
        const said = SAID[step].parse(json);
        if (said.actionId !== actionId) throw new Error("the path names another action");
        told.push({ said, bytes: bytes.toString() });
        return through(said.says, () => take(said));
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
    told,
    claims: () => claims,
    behave: (next) => {
      manner = next;
    },
    afterTaking: (run) => {
      afterTaking = run;
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

const SAID = { start: ActionStart, progress: ActionProgress, result: ActionResult };

function transitionOf(row: ActionRow, said: Said, now: number): Transition {
  switch (said.says) {
    case "start":
      return started(row, said.nonce, said.bootId, now);
    case "progress":
      return progressed(row, said, now);
    case "result":
      return finished(row, said, now);
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
