import { ActionClaimAnswer as ClaimAnswer } from "@muster/shared/contracts/action-delivery.ts";
import { ErrorBody } from "@muster/shared/errors.ts";
import { z } from "zod";

/*
 * What a server answers. `npm run generate` makes the validators of it, which remove the fields that this agent does not know.
 */

export { DeviceRecord } from "@muster/shared/contracts/action-delivery.ts";
export { DeviceSupport } from "@muster/shared/contracts/device-support.ts";
export { EnrolmentAnswer, EnrolmentCheckAnswer } from "@muster/shared/contracts/enrolment.ts";
export { ReportAnswer } from "@muster/shared/contracts/report.ts";

const text = z.string().min(1);

/** What the envelopes hold is the verifier's to judge, one by one. */
export const ActionClaimAnswer = ClaimAnswer.extend({
  envelopes: z.array(
    z.object({ order: text, signatures: z.array(z.object({ keyId: text, signature: text })) }),
  ),
});

/** A code that this agent does not know is one of a newer server. */
export const ServerError = ErrorBody.shape.error
  .omit({ requestId: true, current: true })
  .extend({ code: text });
