import { generateKeyPairSync, type KeyObject, sign, verify } from "node:crypto";
import type { ActionEnd, ActionOrder, ActionClaimAnswer } from "@muster/shared/contracts/action-delivery.ts";
import { pino } from "pino";
import { type Actions, createActions } from "../../server/src/actions/index.ts";
import { createUuidV7Factory } from "../../server/src/platform/crypto/ids.ts";
import type { Dialect } from "../../server/src/platform/database/store.ts";
import { createApp } from "../../server/src/platform/http/app.ts";
import {
  type Answer,
  type Enrolling,
  type FleetServer,
  type FleetWorld,
  startFleet,
} from "./fleet-server.ts";

export type ActionWorld = FleetWorld & { actions: Actions };

/** Identity, fleet and actions behind the real app on a real, empty database. */
export async function startActions(dialect: Dialect): Promise<ActionWorld> {
  const world = await startFleet(dialect);
  await world.retentionClock.load();
  const actions = createActions({
    store: world.store,
    clock: world.clock,
    log: pino({ level: "silent" }),
    makeId: createUuidV7Factory(world.clock.now),
    events: world.events,
    audit: world.identity.audit,
    signatures: world.identity.signatures,
    findTargets: world.fleet.findTargets,
    resolveDevices: world.fleet.resolveDevices,
    retentionClock: world.retentionClock,
  });
  const app = createApp({ ...world.appOptions, routes: [...world.appOptions.routes, ...actions.routes] });
  return {
    ...world,
    actions,
    async ask(method, path, { bearer, body } = {}) {
      const headers = new Headers({ "content-type": "application/json" });
      if (bearer !== undefined) headers.set("authorization", `Bearer ${bearer}`);
      const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
      const answer = await app.request(path, init);
      const text = await answer.text();
      return { status: answer.status, body: text === "" ? null : JSON.parse(text) };
    },
    async runJobs(...names) {
      for (const job of actions.jobs) {
        if (names.includes(job.name)) await job.run(new AbortController().signal);
      }
    },
  };
}

/** A device that speaks the wire of actions with a real key of its own. */
export type ActionDevice = {
  id: string;
  bearer: string;
  privateKey: KeyObject;
  claim(bootId?: string): Promise<{ answer: Answer; nonce: string; orders: ActionOrder[] }>;
  start(actionId: string, nonce: string, bootId?: string): Promise<Answer>;
  progress(actionId: string, step: string, until: number | null): Promise<Answer>;
  finish(actionId: string, end: ActionEnd, bootId?: string): Promise<Answer>;
  /** Posts a statement as it is, for hostile ones. */
  state(path: string, statement: object, key?: KeyObject): Promise<Answer>;
};

type Enrol = (change?: Enrolling & { publicKey?: string }) => Promise<{
  id: string;
  bearer: string;
  enrolment: { organization: { signingKeys: { id: string; publicKey: string }[] } };
}>;

let nonces = 0;

export async function enrolActionDevice(
  server: Pick<FleetServer, "ask">,
  tenant: { enrol: Enrol },
  change: Enrolling = {},
): Promise<ActionDevice> {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const { x = "" } = publicKey.export({ format: "jwk" });
  const { id, bearer, enrolment } = await tenant.enrol({ ...change, publicKey: x });

  function state(path: string, statement: object, key = privateKey): Promise<Answer> {
    const bytes = Buffer.from(JSON.stringify(statement));
    const body = {
      statement: bytes.toString("base64url"),
      signature: sign(null, bytes, key).toString("base64url"),
    };
    return server.ask("POST", path, { bearer, body });
  }
  const about = (actionId: string, says: string) => ({ says, deviceId: id, actionId });

  return {
    id,
    bearer,
    privateKey,
    state,
    async claim(bootId = "boot-1") {
      nonces += 1;
      const nonce = String(nonces).padStart(43, "n");
      const statement = { says: "claim", deviceId: id, nonce, bootId, sentAt: 0 };
      const answer = await state("/api/v1/agent/actions/claim", statement);
      const orders = answer.status === 200 ? openAll(answer.body, enrolment.organization.signingKeys) : [];
      return { answer, nonce, orders };
    },
    start: (actionId, nonce, bootId = "boot-1") =>
      state(`/api/v1/agent/actions/${actionId}/start`, { ...about(actionId, "start"), nonce, bootId }),
    progress: (actionId, step, until) =>
      state(`/api/v1/agent/actions/${actionId}/progress`, {
        ...about(actionId, "progress"),
        step,
        until,
        note: null,
      }),
    finish: (actionId, end, bootId = "boot-1") =>
      state(`/api/v1/agent/actions/${actionId}/result`, { ...about(actionId, "result"), bootId, end }),
  };
}

function openAll(
  { envelopes }: ActionClaimAnswer,
  keys: readonly { id: string; publicKey: string }[],
): ActionOrder[] {
  return envelopes.map(({ order, signatures }) => {
    const bytes = Buffer.from(order, "base64url");
    const isSigned = signatures.some(({ keyId, signature }) => {
      const x = keys.find(({ id }) => id === keyId)?.publicKey;
      if (x === undefined) return false;
      return verify(
        null,
        bytes,
        { key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" },
        Buffer.from(signature, "base64url"),
      );
    });
    if (!isSigned) throw new Error("an envelope is not signed by the organization that the device knows");
    return JSON.parse(bytes.toString("utf8"));
  });
}
