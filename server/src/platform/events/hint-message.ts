import { z } from "zod";
import type { Hint } from "./event-bus.ts";

/** PostgreSQL accepts less than 8000 bytes in one NOTIFY. */
const MAX_PAYLOAD_BYTES = 7900;
/** Upper bound of the bytes of a message besides its ids. */
const HEADER_BYTES = 200;
/** A hint that needs more messages is sent as a resync: the other servers read everything again. */
const MAX_MESSAGES = 32;

const HintMessage = z.object({
  /** The server that sent it, which ignores it. */
  from: z.string(),
  hint: z.object({
    topic: z.enum([
      "device.changed",
      "device.removed",
      "credential.changed",
      "organization.changed",
      "action.queued",
      "action.changed",
      "alarm.changed",
    ]),
    orgId: z.string(),
    ids: z.array(z.string()),
  }),
});
const ResyncMessage = z.object({ from: z.string(), resync: z.literal(true) });
const Message = z.union([HintMessage, ResyncMessage]);

/** Encodes a hint as payloads for NOTIFY: several for many ids, one resync for too many. */
export function writeHint(from: string, { topic, orgId, ids }: Hint): string[] {
  const parts: string[][] = [[]];
  let sizeBytes = HEADER_BYTES;
  for (const id of ids) {
    sizeBytes += Buffer.byteLength(JSON.stringify(id)) + 1;
    if (sizeBytes > MAX_PAYLOAD_BYTES) {
      parts.push([]);
      sizeBytes = HEADER_BYTES + Buffer.byteLength(JSON.stringify(id)) + 1;
    }
    parts.at(-1)?.push(id);
  }
  if (parts.length > MAX_MESSAGES) return [JSON.stringify({ from, resync: true })];
  return parts.map((part) => JSON.stringify({ from, hint: { topic, orgId, ids: part } }));
}

/** Decodes a payload; null when this version does not know it. */
export function readHint(payload: string): z.infer<typeof Message> | null {
  try {
    return Message.safeParse(JSON.parse(payload)).data ?? null;
  } catch {
    return null;
  }
}
