import type { ChannelSettingsOf, ChannelType } from "@muster/shared/alarms/channels/catalog.ts";
import type {
  GuardedAnswer,
  GuardedClient,
  GuardedRequest,
} from "../../../platform/http-client/guarded-client.ts";
import { GuardedRequestError } from "../../../platform/http-client/guarded-request-error.ts";
import type { OutgoingMessage, SendResult } from "./outgoing-message.ts";

/** Secrets that sign a webhook, the newest first: two while one is replaced. */
export type SigningSecrets = readonly string[];

export type RequestContext = { now: number; signingSecrets: SigningSecrets };

/** Makes the requests of a message, in the documented form of a service. Called for every attempt: `now` is its time. */
export type RequestsOf<Type extends ChannelType> = (
  message: OutgoingMessage,
  settings: ChannelSettingsOf<Type>,
  context: RequestContext,
) => GuardedRequest[];

/** Answers that another attempt with the same content does not change. */
const FINAL_STATUSES: ReadonlySet<number> = new Set([400, 405, 410, 411, 413, 414, 415, 422]);

/** Sends requests one after the other and stops at the first that is not accepted. */
export async function sendRequests(
  client: GuardedClient,
  requests: readonly GuardedRequest[],
  signal: AbortSignal,
): Promise<SendResult> {
  let result: SendResult = {
    outcome: "failed",
    status: null,
    answer: "There is nothing to send.",
    retryAfter: null,
  };
  for (const request of requests) {
    try {
      result = resultOf(await client.send({ ...request, signal }));
    } catch (error) {
      if (!(error instanceof GuardedRequestError)) throw error;
      return {
        outcome: error.code === "invalid-url" ? "failed" : "retry",
        status: null,
        answer: error.message,
        retryAfter: null,
      };
    }
    if (result.outcome !== "sent") return result;
  }
  return result;
}

/** What an answer means for the message. */
export function resultOf({ status, text, location, retryAfter }: Omit<GuardedAnswer, "body">): SendResult {
  if (status >= 200 && status < 300) return { outcome: "sent", status, answer: text, retryAfter: null };
  const answer =
    location === null ? text : `The receiver redirects to ${location}. Muster does not follow redirects.`;
  return { outcome: FINAL_STATUSES.has(status) ? "failed" : "retry", status, answer, retryAfter };
}

/** A request with a JSON body. */
export function jsonRequest(
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): GuardedRequest {
  return { url, body: JSON.stringify(body), headers: { "content-type": "application/json", ...headers } };
}

/** `path` below the address of a server, whose own path is kept. */
export function below(server: string, path: string): string {
  return `${server.replace(/\/+$/, "")}${path}`;
}
