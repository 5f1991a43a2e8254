import { createPrivateKey, createPublicKey, type KeyObject, randomBytes, sign, verify } from "node:crypto";
import type {
  ActionEnvelope,
  ActionOrder,
  ActionClaimAnswer,
} from "@muster/shared/contracts/action-delivery.ts";
import { type ActionFleetOptions, machineMs } from "./action-fleet.ts";
import type { KeyedDevice } from "./device-keys.ts";
import { openEventStreams } from "./event-stream-client.ts";
import { type HttpConnection, openConnection } from "./http-connection.ts";

const NUDGE = "event: nudge";
const BOOT_ID = "5d1f8d1e-0000-4000-8000-000000000001";
const END = {
  outcome: "done",
  result: { shown: [{ user: "ann", by: "notify-send" }], notShown: [], pressed: null },
};

type Device = { nudged(): void };

process.once("message", (options: ActionFleetOptions) => {
  void openStreams(options).then(() => process.send?.("open"));
});
process.once("disconnect", () => process.exit());

async function openStreams({ port, devices, pinned }: ActionFleetOptions): Promise<void> {
  const keys = new Map(Object.entries(pinned).map(([id, x]) => [id, publicKeyOf(x)]));
  const made = devices.map((device) => createDevice(device, port, keys));
  const streams = devices.map(({ credential }) => ({
    port,
    path: "/api/v1/agent/stream",
    bearer: credential,
  }));
  await openEventStreams(streams, (text, index) => {
    if (text.includes(NUDGE)) made[index]?.nudged();
  });
}

/** One device: claims once per nudge, one claim at a time, over a connection that it keeps until the server closes it. */
function createDevice(
  { id, credential, privateKey }: KeyedDevice,
  port: number,
  keys: ReadonlyMap<string, KeyObject>,
): Device {
  let connection: HttpConnection | null = null;
  const key = createPrivateKey({ key: Buffer.from(privateKey, "base64"), format: "der", type: "pkcs8" });
  let isClaiming = false;
  let mustClaimAgain = false;

  async function connected(): Promise<HttpConnection> {
    if (!connection?.isOpen) connection = await openConnection(port);
    return connection;
  }

  async function post(route: string, statement: object): Promise<{ status: number; body: string }> {
    const bytes = Buffer.from(JSON.stringify(statement));
    const body = JSON.stringify({
      statement: bytes.toString("base64url"),
      signature: sign(null, bytes, key).toString("base64url"),
    });
    const head = `POST /api/v1/agent/actions/${route} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${credential}\r\ncontent-type: application/json\r\n`;
    const open = await connected();
    return new Promise((resolve) => {
      open.send(head, body, (status, text) => resolve({ status, body: text }));
    });
  }

  async function act(actionId: string, nonce: string): Promise<void> {
    const about = { deviceId: id, actionId };
    const start = await post(`${actionId}/start`, { says: "start", ...about, nonce, bootId: BOOT_ID });
    if (start.status !== 204) throw new Error(`A start was answered ${start.status}: ${start.body}`);
    process.send?.({ actionId, atMs: machineMs() });
    const end = await post(`${actionId}/result`, { says: "result", ...about, bootId: BOOT_ID, end: END });
    if (end.status !== 204) throw new Error(`A result was answered ${end.status}: ${end.body}`);
  }

  async function claim(): Promise<void> {
    const nonce = randomBytes(32).toString("base64url");
    const statement = { says: "claim", deviceId: id, nonce, bootId: BOOT_ID, sentAt: Date.now() };
    const answer = await post("claim", statement);
    if (answer.status !== 200) throw new Error(`A claim was answered ${answer.status}: ${answer.body}`);
    const claimed: ActionClaimAnswer = JSON.parse(answer.body);
    for (const envelope of claimed.envelopes) {
      const order = openEnvelope(envelope, keys);
      if (order.deviceId !== id || order.nonce !== nonce)
        throw new Error("An order is for another device or claim.");
      await act(order.actionId, nonce);
    }
  }

  async function claimAll(): Promise<void> {
    isClaiming = true;
    while (mustClaimAgain) {
      mustClaimAgain = false;
      await claim();
    }
    isClaiming = false;
  }

  return {
    nudged() {
      mustClaimAgain = true;
      if (!isClaiming) void claimAll();
    },
  };
}

function openEnvelope(
  { order, signatures }: ActionEnvelope,
  keys: ReadonlyMap<string, KeyObject>,
): ActionOrder {
  const bytes = Buffer.from(order, "base64url");
  const isSigned = signatures.some(({ keyId, signature }) => {
    const key = keys.get(keyId);
    return key !== undefined && verify(null, bytes, key, Buffer.from(signature, "base64url"));
  });
  if (!isSigned) throw new Error("An envelope is not signed by a pinned key.");
  return JSON.parse(bytes.toString("utf8"));
}

function publicKeyOf(x: string): KeyObject {
  return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
}
