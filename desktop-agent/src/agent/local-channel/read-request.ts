import type { LocalRequest } from "@muster/shared/contracts/local-agent.ts";
import {
  LOCAL_PROTOCOL_VERSION,
  LOCAL_VERBS,
  type LocalErrorCode,
} from "@muster/shared/protocol/local-protocol.ts";
import { isLocalRequest } from "../../validators/input-validators.generated.js";
import { parseObject } from "../../validators/json-object.ts";

export type ReadRequest =
  | { kind: "request"; id: number; request: LocalRequest }
  /** `id` is null where the message has none that could be answered. */
  | { kind: "refused"; id: number | null; code: LocalErrorCode; message: string };

/** What a line asks for. Takes any text; nothing of it is used before it has its exact shape. */
export function readRequest(line: string): ReadRequest {
  const message = parseObject(line);
  if (!message) return refuse(null, "malformed", "A message is one JSON object in a line.");
  const { v, id, ...request } = message;
  if (!isId(id)) return refuse(null, "malformed", "A message needs an id.");
  if (v !== LOCAL_PROTOCOL_VERSION) {
    return refuse(
      id,
      "version",
      `This agent speaks version ${LOCAL_PROTOCOL_VERSION} of the local protocol.`,
    );
  }
  if (isLocalRequest(request)) return { kind: "request", id, request };
  const verb = LOCAL_VERBS.find((name) => name === request["verb"]);
  return verb === undefined
    ? refuse(id, "unknown-verb", "This agent does not know that verb.")
    : refuse(id, "malformed", `The fields are not those of "${verb}".`);
}

function refuse(id: number | null, code: LocalErrorCode, message: string): ReadRequest {
  return { kind: "refused", id, code, message };
}

function isId(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
