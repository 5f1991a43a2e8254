import { toLine } from "@muster/shared/contracts/text.ts";
import { terminalLine } from "@muster/shared/unsafe-characters.ts";
import type { SendResult } from "../channels/outgoing-message.ts";

const MAX_ANSWER_LENGTH = 200;

/** The result of handing a mail over, or that it took too long. */
export async function mailResultOf(
  sending: Promise<{ response: string; rejected?: readonly unknown[] }>,
  signal: AbortSignal,
): Promise<SendResult> {
  const aborted = Promise.withResolvers<"aborted">();
  const onAbort = () => aborted.resolve("aborted");
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    const info = await Promise.race([sending, aborted.promise]);
    if (info === "aborted") return retry(null, "The mail server did not answer in time.");
    const answer = shown(info.response);
    if ((info.rejected ?? []).length > 0)
      return { outcome: "failed", status: null, answer, retryAfter: null };
    return { outcome: "sent", status: statusOf(info.response), answer, retryAfter: null };
  } catch (error) {
    return failureOf(error);
  } finally {
    signal.removeEventListener("abort", onAbort);
    // Its end after an abort is of no use, and must not end the process.
    sending.catch(() => {});
  }
}

/** Temporary or final is told by the code of the answer alone: a wrong password and a full mailbox may be over tomorrow. */
function failureOf(error: unknown): SendResult {
  const { code, responseCode, message } = fieldsOf(error);
  if (responseCode === null) return retry(null, shown(message));
  const isFinal = responseCode >= 500 && code !== "EAUTH";
  return {
    outcome: isFinal ? "failed" : "retry",
    status: responseCode,
    answer: shown(message),
    retryAfter: null,
  };
}

function fieldsOf(error: unknown): { code: string; responseCode: number | null; message: string } {
  if (!(error instanceof Error)) throw error;
  const code = "code" in error ? String(error.code) : "";
  const responseCode =
    "responseCode" in error && typeof error.responseCode === "number" ? error.responseCode : null;
  return { code, responseCode, message: error.message };
}

function retry(status: number | null, answer: string): SendResult {
  return { outcome: "retry", status, answer, retryAfter: null };
}

function statusOf(response: string): number | null {
  const digits = /^\d{3}/.exec(response)?.[0];
  return digits === undefined ? null : Number(digits);
}

function shown(text: string): string {
  return toLine(terminalLine(text), MAX_ANSWER_LENGTH) ?? "";
}
