import { hash } from "node:crypto";
import { type EnrolmentRequest, ReturningEnrolment } from "@muster/shared/contracts/enrolment.ts";
import type { Audit, DeviceCredentials, Enrolment } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import { readPublicKey, verifyEd25519 } from "../../platform/crypto/ed25519.ts";
import type { Store } from "../../platform/database/store.ts";
import { findUnseenDevices } from "../devices/device.repository.ts";

/** A device that asks again may do so for this time after its first enrolment. */
const MAX_RETURN_MS = 24 * 3_600_000;
const MAX_STATEMENT_LENGTH = 4_000;

type Returned = { deviceId: string; orgId: string; credential: string; needsApproval: boolean };

/** Enrols a device again whose first answer was lost. */
export function createReturningEnrolment(deps: {
  store: Store;
  clock: Clock;
  audit: Audit;
  enrolment: Enrolment;
  credentials: DeviceCredentials;
}) {
  const { store, clock, audit, enrolment, credentials } = deps;
  return {
    /**
     * Gives the device that has the same key, enrolled with the same token within 24 hours and has not reported yet a new credential, and
     * takes no use of the token. Null for any other request: it enrols as a new device. A public key is no secret, so the request must be
     * signed.
     */
    async enrolAgain(request: EnrolmentRequest, requestId: string): Promise<Returned | null> {
      if (!(await isSignedReturn(request))) return null;
      const { token, publicKey, machine, hostname } = request;
      return store.transaction(async (tx) => {
        const grant = await enrolment.findUsed(tx, token);
        if (!grant) return null;
        const { orgId, tokenId, tokenName } = grant;
        const found = await findUnseenDevices(tx, orgId, {
          machineId: machine.machineId,
          tokenId,
          enrolledSince: clock.now() - MAX_RETURN_MS,
        });
        for (const { id: deviceId, approved_at, customer_id } of found) {
          if (!(await credentials.hasPublicKey(tx, { orgId, deviceId, publicKey }))) continue;
          await credentials.revokeDevice(tx, { orgId, deviceId });
          const credential = await credentials.createForDevice(tx, { orgId, deviceId, publicKey });
          await audit.record(tx, {
            orgId,
            actor: { type: "device", id: deviceId, name: hostname },
            action: "device.enrolled-again",
            subject: { type: "device", id: deviceId, name: hostname },
            details: { tokenId, tokenName },
            customerId: customer_id,
            requestId,
          });
          return { deviceId, orgId, credential, needsApproval: approved_at === null };
        }
        return null;
      });
    },
  };
}

async function isSignedReturn({ returning, token, publicKey }: EnrolmentRequest): Promise<boolean> {
  if (!returning || returning.statement.length > MAX_STATEMENT_LENGTH) return false;
  const bytes = Buffer.from(returning.statement, "base64url");
  const said = ReturningEnrolment.safeParse(parseJson(bytes)).data;
  if (said?.publicKey !== publicKey || said.tokenDigest !== hash("sha256", token, "base64url")) return false;
  const key = readPublicKey(publicKey);
  return key !== null && verifyEd25519(bytes, Buffer.from(returning.signature, "base64url"), key);
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return null;
  }
}
