import type { AuditEntry } from "@muster/shared/contracts/audit.ts";
import type { Caller } from "../../platform/http/caller.ts";

/** Who performed a change, as shown in the audit log. */
export type Actor = AuditEntry["actor"];

export const systemActor: Actor = { type: "system", id: null, name: "Muster" };

/** A user of the server's shell; `account` is their account on that machine. */
export function commandLineActor(account: string): Actor {
  return { type: "command-line", id: null, name: `command line (${account})` };
}

/** A device gets its id as name, because its credential has no name. Callers that know the name replace it. */
export function actorOf(caller: Exclude<Caller, { kind: "nobody" }>): Actor {
  switch (caller.kind) {
    case "user":
      return { type: "user", id: caller.userId, name: caller.name };
    case "api-key":
      return { type: "api-key", id: caller.keyId, name: caller.name };
    case "compat-key":
      return { type: "compat-key", id: caller.keyId, name: caller.name };
    case "device":
      return { type: "device", id: caller.deviceId, name: caller.deviceId };
  }
}
