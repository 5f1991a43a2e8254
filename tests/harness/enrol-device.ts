import { generateKeyPairSync, randomBytes } from "node:crypto";
import type {
  EnrolmentAnswer,
  EnrolmentRequest,
  NewEnrolmentToken,
} from "@muster/shared/contracts/enrolment.ts";

export type EnrolledDevice = { id: string; bearer: string };

/** Creates a token by an API key that may write; its uses are unlimited unless `change` limits them. */
export async function makeEnrolmentToken(
  url: string,
  apiKey: string,
  change: Partial<NewEnrolmentToken> = {},
): Promise<string> {
  const answer = await post(
    `${url}/api/v1/enrolment-tokens`,
    { validHours: 1, maxUses: null, ...change },
    apiKey,
  );
  return answer.secret;
}

/** Enrols a machine that is like no other. `enrolment` is what it was answered. */
export async function enrolDevice(
  url: string,
  token: string,
  change: Partial<EnrolmentRequest> = {},
): Promise<EnrolledDevice & { enrolment: EnrolmentAnswer }> {
  const { publicKey } = generateKeyPairSync("ed25519");
  const request: EnrolmentRequest = {
    token,
    machine: { machineId: randomBytes(16).toString("hex"), hypervisorUuid: null },
    hostname: `host-${randomBytes(3).toString("hex")}`,
    osFamily: "linux",
    classGuess: "server",
    publicKey: publicKey.export({ format: "jwk" }).x ?? "",
    agentVersion: "0.1.0",
    ...change,
  };
  const enrolment: EnrolmentAnswer = await post(`${url}/api/v1/agent/enrol`, request);
  return { id: enrolment.deviceId, bearer: enrolment.credential, enrolment };
}

async function post(address: string, body: object, bearer?: string) {
  const headers = {
    "content-type": "application/json",
    ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
  };
  const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${new URL(address).pathname} answered ${answer.status}: ${text}`);
  return JSON.parse(text);
}
