import { ActionClaimAnswer } from "@muster/shared/contracts/action-delivery.ts";
import { EnrolmentAnswer, EnrolmentCheckAnswer } from "@muster/shared/contracts/enrolment.ts";
import { ReportAnswer } from "@muster/shared/contracts/report.ts";
import { ErrorBody } from "@muster/shared/errors.ts";
import { describe, expect, it } from "vitest";
import {
  readActionClaimAnswer,
  readEnrolmentAnswer,
  readEnrolmentCheckAnswer,
  readReportAnswer,
  readServerError,
} from "./read-answer.ts";

const ID = "01890a5d-ac96-774b-bcce-b302099a8057";

const reportAnswer: ReportAnswer = {
  stored: true,
  wantInventory: true,
  intervalS: 60,
  policy: {
    id: "0123abcd",
    longestPauseS: null,
    keptDays: { samples: 30, fiveMinutes: 90, hours: 730 },
    excludedMounts: ["/srv"],
  },
  supportChangedAt: 1_800_000_000_000,
  waitingActions: 2,
  refusedSamples: 1,
  ignored: ["samples.gpu", "facts.mood"],
};

const enrolmentAnswer: EnrolmentAnswer = {
  deviceId: ID,
  credential: "md_secret",
  intervalS: 30,
  approved: false,
  organization: { id: ID, name: null, signingKeys: [{ id: "k1", publicKey: "abc" }] },
};

const errorBody: ErrorBody = {
  error: {
    code: "bad-request",
    message: "no",
    requestId: "r1",
    numbering: { epoch: "abcdef", sequence: 4, nonce: "n" },
    details: [{ path: "samples.0.cpu", message: "too large" }],
  },
};

/** Every object made by leaving out one field, or by giving it a value of another type. */
function spoil(value: object): object[] {
  return Object.keys(value).flatMap((key) => [
    { ...value, [key]: undefined },
    { ...value, [key]: { unexpected: true } },
  ]);
}

describe("readReportAnswer", () => {
  it("reads what the contract says, and every optional field of it", () => {
    expect(readReportAnswer(JSON.stringify(reportAnswer))).toEqual(ReportAnswer.parse(reportAnswer));
    expect(Object.keys(reportAnswer).toSorted()).toEqual(Object.keys(ReportAnswer.shape).toSorted());
    expect(readReportAnswer('{"stored":false}')).toEqual({ stored: false });
  });

  it("leaves out a policy that the contract refuses", () => {
    const { policy } = reportAnswer;
    const needed = policy && {
      id: policy.id,
      longestPauseS: policy.longestPauseS,
      keptDays: policy.keptDays,
    };
    const spoilt = [
      ...spoil(needed ?? {}),
      ...spoil(policy?.keptDays ?? {}).map((keptDays) => ({ ...policy, keptDays })),
      { ...policy, id: "../../etc" },
      { ...policy, longestPauseS: -1 },
      { ...policy, excludedMounts: [""] },
      { ...policy, excludedMounts: Array.from({ length: 51 }, (_, index) => `/${index}`) },
    ];
    for (const told of spoilt) {
      expect(ReportAnswer.safeParse({ stored: true, policy: told }).success).toBe(false);
      expect(readReportAnswer(JSON.stringify({ stored: true, policy: told }))).toEqual({ stored: true });
    }
  });

  it("removes the fields that a newer server adds, at every depth", () => {
    const { policy } = reportAnswer;
    const newer = {
      ...reportAnswer,
      mood: "good",
      policy: { ...policy, keptDays: { ...policy?.keptDays, years: 3 } },
    };
    expect(readReportAnswer(JSON.stringify(newer).replace("{", '{"__proto__":{"stored":1},'))).toEqual(
      reportAnswer,
    );
  });

  it("leaves out each optional field that is not as agreed", () => {
    for (const field of Object.keys(ReportAnswer.shape).filter((name) => name !== "stored")) {
      const { [field]: _, ...others } = { ...reportAnswer } as Record<string, unknown>;
      for (const value of [null, {}, "", -1, 0.5]) {
        if (ReportAnswer.safeParse({ ...others, [field]: value }).success) continue;
        expect(readReportAnswer(JSON.stringify({ ...others, [field]: value }))).toEqual(others);
      }
    }
  });

  it("reads nothing from a page, an array or an answer without `stored`", () => {
    expect(["<html>Log in</html>", "", "null", "[]", "{}", '{"stored":1}'].map(readReportAnswer)).toEqual(
      Array(6).fill(null),
    );
  });
});

describe("readEnrolmentAnswer", () => {
  it("reads what the contract says", () => {
    expect(readEnrolmentAnswer(JSON.stringify(enrolmentAnswer))).toEqual(
      EnrolmentAnswer.parse(enrolmentAnswer),
    );
  });

  it("refuses whatever the contract refuses", () => {
    const spoilt = [
      ...spoil(enrolmentAnswer),
      ...spoil(enrolmentAnswer.organization).map((organization) => ({ ...enrolmentAnswer, organization })),
    ].filter((answer) => !EnrolmentAnswer.safeParse(answer).success);
    expect(spoilt.length).toBeGreaterThan(10);
    expect(spoilt.map((answer) => readEnrolmentAnswer(JSON.stringify(answer)))).toEqual(
      spoilt.map(() => null),
    );
  });
});

describe("readEnrolmentChecked", () => {
  it("reads what the contract says, with and without a name of the organization", () => {
    for (const organization of ["Acme", null]) {
      const checked: EnrolmentCheckAnswer = { organization, needsApproval: true };
      expect(readEnrolmentCheckAnswer(JSON.stringify(checked))).toEqual(EnrolmentCheckAnswer.parse(checked));
    }
  });

  it("refuses whatever the contract refuses", () => {
    const spoilt = spoil({ organization: "Acme", needsApproval: false });
    expect(spoilt.every((answer) => !EnrolmentCheckAnswer.safeParse(answer).success)).toBe(true);
    expect(spoilt.map((answer) => readEnrolmentCheckAnswer(JSON.stringify(answer)))).toEqual(
      spoilt.map(() => null),
    );
  });
});

describe("readActionClaimAnswer", () => {
  const envelope = { order: "abc", signatures: [{ keyId: "k1", signature: "s" }] };

  it("leaves what the envelopes hold to the verifier", () => {
    const claim = { serverTime: 5, envelopes: Array.from({ length: 21 }, () => envelope), cancelAsked: [ID] };
    expect(ActionClaimAnswer.safeParse(claim).success).toBe(false);
    expect(readActionClaimAnswer(JSON.stringify({ ...claim, more: 1 }))).toEqual(claim);
  });

  it("refuses whatever has not the shape of a claim's answer", () => {
    const claim = { serverTime: 5, envelopes: [envelope], cancelAsked: [] };
    const spoilt = [...spoil(claim), ...spoil(envelope).map((one) => ({ ...claim, envelopes: [one] }))];
    expect(spoilt.map((answer) => readActionClaimAnswer(JSON.stringify(answer)))).toEqual(
      spoilt.map(() => null),
    );
  });
});

describe("readServerError", () => {
  it("reads a code that this agent does not know, and leaves out details that are none", () => {
    const error = { code: "of-next-year", message: "no", details: [{ path: 1 }] };
    expect(readServerError(JSON.stringify({ error }))).toEqual({ code: "of-next-year", message: "no" });
  });

  it("reads the error body of the contract", () => {
    const { requestId: _, ...error } = ErrorBody.parse(errorBody).error;
    expect(readServerError(JSON.stringify(errorBody))).toEqual(error);
  });

  it("does not take a proxy's error for the server's", () => {
    expect(
      ['{"message":"Unauthorized"}', '{"error":"Unauthorized"}', "Bad gateway"].map(readServerError),
    ).toEqual(Array(3).fill(null));
  });
});
