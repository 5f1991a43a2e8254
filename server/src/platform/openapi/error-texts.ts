import type { ErrorBody, ErrorCode } from "@muster/shared/errors.ts";

type ErrorText = { description: string; example: Omit<ErrorBody["error"], "code" | "requestId"> };

/** What each code means, and an example of its message. */
const ERROR_TEXTS: Record<ErrorCode, ErrorText> = {
  "bad-request": {
    description: "A parameter or field is missing or not valid; `details` names each.",
    example: {
      message: "The request is not valid.",
      details: [{ path: "limit", message: "Too big: expected number to be <=200" }],
    },
  },
  unauthenticated: {
    description: "There is no valid credential. Sign in, or send a valid key.",
    example: { message: "Sign in first." },
  },
  forbidden: {
    description: "The credential is valid, but its role or scope does not allow this.",
    example: { message: "Your role does not allow this." },
  },
  "enrolment-refused": {
    description: "The enrolment token is not valid, expired, used up or revoked.",
    example: { message: "The enrolment token is not valid." },
  },
  "not-found": {
    description: "The organization has nothing with this id.",
    example: { message: "There is no such device." },
  },
  conflict: {
    description: "The state of the resource does not allow this, or another change came first.",
    example: { message: "The action has already ended." },
  },
  "precondition-failed": {
    description:
      "Somebody else changed it since the version in `If-Match`; `current` is the version now. Read it again.",
    example: {
      message: "Somebody else changed this in the meantime. Load it again and repeat your change.",
      current: { version: 4, updatedAt: "2026-11-30T09:00:00.000Z", updatedBy: "Ada Lovelace" },
    },
  },
  "precondition-required": {
    description: "A change from a browser needs `If-Match` with the version that it is based on.",
    example: { message: "Send the version that you change as If-Match." },
  },
  behind: {
    description: "The device's numbering is older than the server's; `numbering` says where the server's is.",
    example: {
      message: "The numbering of the reports is behind.",
      numbering: { epoch: "k3v9q2", sequence: 4711, nonce: "1764493200000.c29tZXRoaW5n" },
    },
  },
  "too-large": {
    description: "The body is larger than this route accepts.",
    example: { message: "The body is too large." },
  },
  "unsupported-media-type": {
    description: "The body is not JSON, or its Content-Encoding is not supported.",
    example: { message: "Send the body as application/json." },
  },
  "misdirected-request": {
    description: "The request was for a host name that is not this server's.",
    example: { message: "This server does not answer to that name." },
  },
  "rate-limited": {
    description: "There were too many requests. Wait as long as `Retry-After` says.",
    example: { message: "Too many requests. Try again later." },
  },
  internal: {
    description: "The server failed unexpectedly. Its log has the cause under `requestId`.",
    example: { message: "The server failed unexpectedly. Try again later." },
  },
  unavailable: {
    description: "The server cannot answer at the moment. Wait as long as `Retry-After` says.",
    example: { message: "The database does not answer at the moment. Try again." },
  },
};

const EXAMPLE_REQUEST_ID = "0Hc4oS0vXlq2";

/** The meaning of several codes, as a list in Markdown. */
export function describeCodes(codes: readonly ErrorCode[]): string {
  return codes.map((code) => `- \`${code}\`: ${ERROR_TEXTS[code].description}`).join("\n");
}

/** The example of each code, by its name, for `components.examples`. */
export function errorExamples(): Record<string, { summary: string; description: string; value: ErrorBody }> {
  return Object.fromEntries(
    Object.entries(ERROR_TEXTS).map(([code, { description, example }]) => [
      code,
      {
        summary: code,
        description,
        // oxlint-disable-next-line no-unsafe-type-assertion -- the keys of the table are the codes
        value: { error: { code: code as ErrorCode, requestId: EXAMPLE_REQUEST_ID, ...example } },
      },
    ]),
  );
}
