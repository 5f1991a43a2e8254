import type {
  ActionClaim,
  ActionEnd,
  ActionProgress,
  ActionResult,
  ActionStart,
  SignedStatement,
} from "@muster/shared/contracts/action-delivery.ts";
import type { FilePort } from "../../platform/ports.ts";
import type { ActionClient, ClaimOutcome, StatementOutcome } from "../../transport/action-client.ts";

/** What this device states about its actions, signed with its key. */
export type Statements = {
  claim(claim: { nonce: string; bootId: string; sentAt: number }): Promise<ClaimOutcome>;
  start(actionId: string, nonce: string, bootId: string): Promise<StatementOutcome>;
  progress(
    actionId: string,
    progress: Pick<ActionProgress, "step" | "until" | "note">,
  ): Promise<StatementOutcome>;
  /** The same end under the same boot id gives the same bytes each time. */
  result(actionId: string, bootId: string, end: ActionEnd): Promise<StatementOutcome>;
};

type Deps = { client: ActionClient; deviceId: string; signer: DeviceSigner; signal: AbortSignal };

export function createStatements({ client, deviceId, signer, signal }: Deps): Statements {
  return {
    claim({ nonce, bootId, sentAt }) {
      const said: ActionClaim = { says: "claim", deviceId, nonce, bootId, sentAt };
      return client.claim(signer(said), signal);
    },
    start(actionId, nonce, bootId) {
      const said: ActionStart = { says: "start", deviceId, actionId, nonce, bootId };
      return client.send(actionId, "start", signer(said), signal);
    },
    progress(actionId, progress) {
      const said: ActionProgress = { says: "progress", deviceId, actionId, ...progress };
      return client.send(actionId, "progress", signer(said), signal);
    },
    result(actionId, bootId, end) {
      const said: ActionResult = { says: "result", deviceId, actionId, bootId, end };
      return client.send(actionId, "result", signer(said), signal);
    },
  };
}

/** Signs what this device states about its actions. The same statement gives the same bytes each time. */
export type DeviceSigner = (said: object) => SignedStatement;

/** Reads the device's private key. Rejects when it is absent or damaged. */
export async function openDeviceSigner(files: FilePort, keyPath: string): Promise<DeviceSigner> {
  const pem = await files.read(keyPath);
  if (pem === null) throw new Error(`The device's key ${keyPath} is missing.`);
  // Not by `import`, which makes every export of the module, WebCrypto's too: 1 MiB of memory.
  const { createPrivateKey, sign } = process.getBuiltinModule("node:crypto");
  const key = createPrivateKey(pem);
  return (said) => {
    const bytes = Buffer.from(JSON.stringify(said));
    return {
      statement: bytes.toString("base64url"),
      signature: sign(null, bytes, key).toString("base64url"),
    };
  };
}
