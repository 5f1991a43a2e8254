import { EnrolmentRequest } from "@muster/shared/contracts/enrolment.ts";
import { parseInput } from "../../platform/http/parse-input.ts";
import { leaveOutUnknown } from "../../platform/http/unknown-fields.ts";

/** A request to enrol, and the fields of it that this server does not know and left out. */
export type ReadEnrolment = { request: EnrolmentRequest; ignored: readonly string[] };

const PLACES = [{ path: [], known: new Set(Object.keys(EnrolmentRequest.shape)) }];

/** Reads a request to enrol; an agent may be newer than this server. Throws `bad-request` with the wrong fields. */
export function readEnrolment(json: unknown): ReadEnrolment {
  const known = leaveOutUnknown(json, PLACES);
  return { request: parseInput(EnrolmentRequest, known.json, "body"), ignored: known.ignored };
}
