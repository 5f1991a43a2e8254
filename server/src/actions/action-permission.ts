import { ACTIONS, type ActionType } from "@muster/shared/actions/catalog.ts";
import { Role } from "@muster/shared/contracts/identity.ts";
import { MusterError } from "../platform/errors.ts";
import type { LegacyKeyCaller, MemberCaller } from "../platform/http/caller.ts";

/** Checks what the type of the action needs beyond what its route needs. Throws `forbidden`. */
export function requirePermission(caller: MemberCaller | LegacyKeyCaller, type: ActionType): void {
  if (caller.kind === "compat-key") {
    if (caller.rights.includes("operator")) return;
    throw new MusterError("forbidden", `The action ${type} needs an operator's key.`);
  }
  const { scope, role } = ACTIONS[type];
  if (Role.options.indexOf(caller.role) < Role.options.indexOf(role)) {
    throw new MusterError("forbidden", `The action ${type} needs the role ${role}.`);
  }
  if (caller.kind === "api-key" && !caller.scopes.includes(scope)) {
    throw new MusterError("forbidden", `The action ${type} needs a key with the scope ${scope}.`);
  }
}
