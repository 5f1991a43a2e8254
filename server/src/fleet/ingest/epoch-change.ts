import { EpochChange } from "@muster/shared/contracts/epoch.ts";
import type { Report } from "@muster/shared/contracts/report.ts";
import type { Signatures } from "../../identity/index.ts";
import type { DeviceCaller } from "../../platform/http/caller.ts";
import type { NumberingNonces } from "./numbering-nonce.ts";

/** Far longer than a change of the epoch as agents write it. */
const MAX_STATEMENT_LENGTH = 2_000;

/**
 * Creates the function that opens the signed change of a report's epoch: the device signed it, with a nonce of this server for the
 * numbering that it leaves. Undefined for anything else: the report then counts as one without a change.
 */
export function createEpochChanges(deps: { signatures: Signatures; nonces: NumberingNonces }) {
  const { signatures, nonces } = deps;
  return async (
    device: DeviceCaller,
    { epochChange }: Report,
    now: number,
  ): Promise<EpochChange | undefined> => {
    if (!epochChange || epochChange.statement.length > MAX_STATEMENT_LENGTH) return undefined;
    const bytes = Buffer.from(epochChange.statement, "base64url");
    const change = EpochChange.safeParse(parseJson(bytes)).data;
    if (change?.deviceId !== device.deviceId) return undefined;
    // First what costs least: only a device that was answered "behind" has a nonce.
    if (!nonces.isValid(change.nonce, device.deviceId, change.from, now)) return undefined;
    const signature = Buffer.from(epochChange.signature, "base64url");
    return (await signatures.isSignedBy(device, bytes, signature)) ? change : undefined;
  };
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return null;
  }
}
