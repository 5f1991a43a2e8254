import type { LocalRequest, LocalView } from "@muster/shared/contracts/local-agent.ts";
import {
  LOCAL_PROTOCOL_VERSION,
  type LocalErrorCode,
  MAX_LOCAL_ANSWER_BYTES,
} from "@muster/shared/protocol/local-protocol.ts";
import type { LocalAgent } from "../local-agent.ts";

/** Answers a request by the user's `LocalAgent`. Rejects when the agent could not. */
export async function answerRequest(agent: LocalAgent, request: LocalRequest): Promise<unknown> {
  switch (request.verb) {
    case "read":
      return request.what === "log" ? agent.readLog(request.place) : read(agent, request.what);
    case "watch":
      return agent.view();
    case "check":
      return agent.checkNow();
    case "pause":
      return agent.pause(request.forMs);
    case "resume":
      return agent.resume();
    case "acknowledge":
      return agent.acknowledge(request.message, request.said);
    case "postpone":
      return agent.postpone(request.action, request.toMs);
    case "ask":
      return agent.askForHelp(request.text, request.diagnostics);
    case "reply":
      return agent.replyToHelp(request.request, request.text);
    case "close":
      return agent.closeHelp(request.request);
    case "mark-read":
      return agent.markHelpRead(request.request);
  }
}

type Reading = Exclude<Extract<LocalRequest, { verb: "read" }>["what"], "log">;

async function read(agent: LocalAgent, what: Reading): Promise<unknown> {
  switch (what) {
    case "view":
      return agent.view();
    case "hour":
      return agent.readHour();
    case "messages":
      return agent.readMessages();
    case "seen":
      return agent.readDisclosedData();
    case "record":
      return agent.readRecord();
    case "support":
      return agent.readSupport();
  }
}

const MAX_MESSAGE_LENGTH = 500;

/** The line that answers a request; a refusal where the answer would be longer than the peer takes. */
export function writeAnswer(id: number, answer: unknown): string {
  const line = `${JSON.stringify({ v: LOCAL_PROTOCOL_VERSION, id, answer })}\n`;
  if (Buffer.byteLength(line) <= MAX_LOCAL_ANSWER_BYTES) return line;
  return writeError(id, "failed", "The answer is too long for the local protocol.");
}

/** The line that gives the reason why a message was not accepted. */
export function writeError(id: number | null, code: LocalErrorCode, message: string): string {
  const refused = { code, message: message.slice(0, MAX_MESSAGE_LENGTH) };
  return `${JSON.stringify({ v: LOCAL_PROTOCOL_VERSION, id, refused })}\n`;
}

/** The line that sends a new view. */
export function writeView(view: LocalView): string {
  return `${JSON.stringify({ v: LOCAL_PROTOCOL_VERSION, view })}\n`;
}
