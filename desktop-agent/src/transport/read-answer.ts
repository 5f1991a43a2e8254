import {
  isActionClaimAnswer,
  isDeviceRecord,
  isDeviceSupport,
  isEnrolmentAnswer,
  isEnrolmentCheckAnswer,
  isReportAnswer,
  isServerError,
} from "../validators/answer-validators.generated.js";
import type { ServerError as ServerErrorSchema } from "../validators/answer-schemas.ts";
import { asObject, parseObject } from "../validators/json-object.ts";
import { keepValidFields } from "../validators/keep-valid-fields.ts";
import type { z } from "zod";

/** An error body of Muster's own; whatever else answers with an error status (a proxy, a portal) does not count as the server. */
export type ServerError = z.output<typeof ServerErrorSchema>;

/* Each reads an answer of the server, and returns null for any other text. Fields of a newer server are removed. */

export const readReportAnswer = (text: string) => readAnswer(parseObject(text), isReportAnswer);
export const readEnrolmentAnswer = (text: string) => readAnswer(parseObject(text), isEnrolmentAnswer);
/** The answer to the question whether a token would be taken. */
export const readEnrolmentCheckAnswer = (text: string) =>
  readAnswer(parseObject(text), isEnrolmentCheckAnswer);
/** What the envelopes hold is not looked at: it is the verifier's to judge. */
export const readActionClaimAnswer = (text: string) => readAnswer(parseObject(text), isActionClaimAnswer);
/** The server's record of this device's actions. */
export const readDeviceRecord = (text: string) => readAnswer(parseObject(text), isDeviceRecord);
/** Whom to ask, alarms and help requests. */
export const readDeviceSupport = (text: string) => readAnswer(parseObject(text), isDeviceSupport);
/** The error that the server gives. */
export const readServerError = (text: string) =>
  readAnswer(asObject(parseObject(text)?.["error"]), isServerError);

/** A field that is not as agreed is left out: the answer is none only if it needs that field. */
function readAnswer<Answer>(
  answer: Record<string, unknown> | null,
  isAnswer: Parameters<typeof keepValidFields<Answer>>[1],
) {
  return answer && keepValidFields(answer, isAnswer).value;
}
