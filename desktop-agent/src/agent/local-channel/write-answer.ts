import type { LocalView } from "@muster/shared/contracts/local-agent.ts";
import {
  LOCAL_PROTOCOL_VERSION,
  type LocalErrorCode,
  MAX_LOCAL_ANSWER_BYTES,
} from "@muster/shared/protocol/local-protocol.ts";

const LONGEST_MESSAGE = 500;

/** The line that answers a request; a refusal where the answer would be longer than the peer takes. */
export function writeAnswer(id: number, answer: unknown): string {
  const line = `${JSON.stringify({ v: LOCAL_PROTOCOL_VERSION, id, answer })}\n`;
  if (Buffer.byteLength(line) <= MAX_LOCAL_ANSWER_BYTES) return line;
  return writeRefusal(id, "failed", "The answer is too long for the local protocol.");
}

/** The line that says why a message was not taken. */
export function writeRefusal(id: number | null, code: LocalErrorCode, message: string): string {
  const refused = { code, message: message.slice(0, LONGEST_MESSAGE) };
  return `${JSON.stringify({ v: LOCAL_PROTOCOL_VERSION, id, refused })}\n`;
}

/** The line that tells who watches how things are now. */
export function writeView(view: LocalView): string {
  return `${JSON.stringify({ v: LOCAL_PROTOCOL_VERSION, view })}\n`;
}
