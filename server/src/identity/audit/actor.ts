import type { AuditEntry } from "@muster/shared/contracts/identity.ts";
import type { Caller } from "../../platform/http/caller.ts";

/** Who did something, as the audit log names them. */
export type Actor = AuditEntry["actor"];

export const systemActor: Actor = { type: "system", id: null, name: "Muster" };

/** Somebody at the server's own shell; `account` is their account on that machine. */
export function commandLineActor(account: string): Actor {
  return { type: "command-line", id: null, name: `command line (${account})` };
}

/** A device is named by its id, because its credential carries no name; who knows the name overwrites it. */
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
