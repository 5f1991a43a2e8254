import type { ActionEnvelope, ActionClaimAnswer } from "@muster/shared/contracts/action-delivery.ts";
import type { EnrolmentAnswer, EnrolmentCheckAnswer } from "@muster/shared/contracts/enrolment.ts";
import type { Numbering } from "@muster/shared/contracts/epoch.ts";
import type { AgentPolicy, ReportAnswer } from "@muster/shared/contracts/report.ts";
import { fitsLength } from "@muster/shared/contracts/text-length.ts";
import type { ErrorDetail } from "@muster/shared/errors.ts";

/** An error body of Muster's own; whatever else answers with an error status (a proxy, a portal) does not count as the server. */
export type ServerError = { code: string; message: string; details: ErrorDetail[]; numbering?: Numbering };

const MAX_IGNORED_NAMES = 10;
const MAX_IGNORED_NAME_LENGTH = 80;
const MAX_NONCE_LENGTH = 200;
const MAX_EXCLUDED_MOUNTS = 50;
const MAX_MOUNT_LENGTH = 400;
const POLICY_ID = /^[0-9a-f]{8}$/;

/*
 * Read by hand and not by the contract's zod schemas: those cost 15 MiB in the one process that must stay small.
 * A test holds each reader against its schema.
 */

/** The answer to a report, null when the text is none. */
export function readReportAnswer(text: string): ReportAnswer | null {
  const body = readObject(text);
  if (!body || typeof body.stored !== "boolean") return null;
  const answer: ReportAnswer = { stored: body.stored };
  if (body.wantInventory === true) answer.wantInventory = true;
  if (isCount(body.intervalS)) answer.intervalS = body.intervalS;
  const policy = readPolicy(body.policy);
  if (policy) answer.policy = policy;
  if (isCount(body.waitingActions)) answer.waitingActions = body.waitingActions;
  if (isCount(body.refusedSamples)) answer.refusedSamples = body.refusedSamples;
  return { ...answer, ...readIgnored(body.ignored) };
}

/** The answer to an enrolment, null when the text is none. */
export function readEnrolmentAnswer(text: string): EnrolmentAnswer | null {
  const body = readObject(text);
  const organization = asObject(body?.organization);
  if (!body || !organization || !Array.isArray(organization.signingKeys)) return null;
  const { deviceId, credential, intervalS, approved } = body;
  const { id, name } = organization;
  const signingKeys = organization.signingKeys.map(readSigningKey);
  if (!isText(deviceId) || !isText(credential) || !isCount(intervalS) || typeof approved !== "boolean")
    return null;
  if (!isText(id) || (name !== null && typeof name !== "string")) return null;
  if (!signingKeys.every((key) => key !== null)) return null;
  const known = { deviceId, credential, intervalS, approved, organization: { id, name, signingKeys } };
  return { ...known, ...readIgnored(body.ignored) };
}

/** The answer to the question whether a token would be taken, null when the text is none. */
export function readEnrolmentCheckAnswer(text: string): EnrolmentCheckAnswer | null {
  const { organization, needsApproval } = readObject(text) ?? {};
  if (organization !== null && typeof organization !== "string") return null;
  return typeof needsApproval === "boolean" ? { organization, needsApproval } : null;
}

/** The answer to a claim, null when the text is none. What the envelopes hold is not looked at: it is the verifier's to judge. */
export function readActionClaimAnswer(text: string): ActionClaimAnswer | null {
  const body = readObject(text);
  if (!body || !isCount(body.serverTime) || !Array.isArray(body.envelopes)) return null;
  if (!Array.isArray(body.cancelAsked) || !body.cancelAsked.every(isText)) return null;
  const envelopes = body.envelopes.map(readEnvelope);
  if (!envelopes.every((envelope) => envelope !== null)) return null;
  return { serverTime: body.serverTime, envelopes, cancelAsked: body.cancelAsked };
}

/** The error that the server gives, null when the text is no error body of Muster's. */
export function readServerError(text: string): ServerError | null {
  const error = asObject(readObject(text)?.error);
  if (!error || !isText(error.code) || typeof error.message !== "string") return null;
  const details = Array.isArray(error.details) ? error.details.map(readDetail) : [];
  const { code, message } = error;
  const numbering = readNumbering(error.numbering);
  return {
    code,
    message,
    details: details.filter((detail) => detail !== null),
    ...(numbering && { numbering }),
  };
}

/** A list that is not as agreed says nothing. */
function readIgnored(value: unknown): { ignored?: string[] } {
  if (!Array.isArray(value) || value.length > MAX_IGNORED_NAMES) return {};
  const isName = (name: unknown) => typeof name === "string" && fitsLength(name, MAX_IGNORED_NAME_LENGTH);
  return value.every(isName) ? { ignored: value } : {};
}

function readNumbering(value: unknown): Numbering | null {
  const { epoch, sequence, nonce } = asObject(value) ?? {};
  if (!isText(epoch) || !isCount(sequence) || !isText(nonce) || !fitsLength(nonce, MAX_NONCE_LENGTH))
    return null;
  return { epoch, sequence, nonce };
}

function readPolicy(value: unknown): AgentPolicy | null {
  const policy = asObject(value);
  const days = asObject(policy?.keptDays);
  if (!policy || !days || !isText(policy.id) || !POLICY_ID.test(policy.id)) return null;
  const { longestPauseS } = policy;
  const { samples, fiveMinutes, hours } = days;
  if (longestPauseS !== null && !isCount(longestPauseS)) return null;
  if (!isCount(samples) || !isCount(fiveMinutes) || !isCount(hours)) return null;
  const known = { id: policy.id, longestPauseS, keptDays: { samples, fiveMinutes, hours } };
  const { excludedMounts } = policy;
  if (excludedMounts === undefined) return known;
  if (!Array.isArray(excludedMounts) || excludedMounts.length > MAX_EXCLUDED_MOUNTS) return null;
  const areMounts = excludedMounts.every((mount) => isText(mount) && fitsLength(mount, MAX_MOUNT_LENGTH));
  return areMounts ? { ...known, excludedMounts } : null;
}

function readEnvelope(value: unknown): ActionEnvelope | null {
  const envelope = asObject(value);
  if (!envelope || !isText(envelope.order) || !Array.isArray(envelope.signatures)) return null;
  const signatures = envelope.signatures.map(readSignature);
  return signatures.every((signature) => signature !== null) ? { order: envelope.order, signatures } : null;
}

function readSignature(value: unknown): ActionEnvelope["signatures"][number] | null {
  const { keyId, signature } = asObject(value) ?? {};
  return isText(keyId) && isText(signature) ? { keyId, signature } : null;
}

function readSigningKey(value: unknown): { id: string; publicKey: string } | null {
  const key = asObject(value);
  return key && isText(key.id) && isText(key.publicKey) ? { id: key.id, publicKey: key.publicKey } : null;
}

function readDetail(value: unknown): ErrorDetail | null {
  const detail = asObject(value);
  if (!detail || typeof detail.path !== "string" || typeof detail.message !== "string") return null;
  return { path: detail.path, message: detail.message };
}

/** An object out of JSON, null when the text is none. */
export function readObject(text: string): Record<string, unknown> | null {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return null; // Not JSON is the expected answer of whatever is not a Muster server.
  }
}

/** The value as an object, null when it is none. */
export function asObject(value: unknown): Record<string, unknown> | null {
  return isObject(value) ? value : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
