import { Role } from "@muster/shared/contracts/identity.ts";
import { MusterError } from "../errors.ts";
import { type Caller, isLimited } from "./caller.ts";
import type { Access } from "./route.ts";

/** True when `role` is at least `least`. */
export function hasRole(role: Role, minimumRole: Role): boolean {
  return Role.options.indexOf(role) >= Role.options.indexOf(minimumRole);
}

/** Throws `unauthenticated` without a credential and `forbidden` when the credential's kind, role or scope does not fit. */
export function checkAccess(access: Access, caller: Caller): void {
  if (access.by === "public") return;
  if (caller.kind === "nobody") {
    throw new MusterError("unauthenticated", "This request needs a credential but has none.");
  }
  if (isLimited(caller) && !appliesLimit(access)) {
    throw new MusterError("forbidden", "This request is not for members who are limited to some customers.");
  }
  switch (access.by) {
    case "device":
      if (caller.kind !== "device") throw wrongKind("a device's credential");
      return;
    case "session":
      if (caller.kind !== "user") throw wrongKind("a user's session");
      return checkRole(caller.role, access.role);
    case "legacy":
      if (caller.kind !== "compat-key") throw wrongKind("a key for a legacy system");
      if (!caller.rights.includes(access.right)) {
        throw new MusterError("forbidden", `This request needs a key for an ${access.right}.`);
      }
      return;
    case "member":
      if (caller.kind !== "user" && caller.kind !== "api-key")
        throw wrongKind("a user's session or an API key");
      if (caller.kind === "api-key" && !caller.scopes.includes(access.scope)) {
        throw new MusterError("forbidden", `This API key lacks the scope "${access.scope}".`);
      }
      return checkRole(caller.role, access.role);
  }
}

/** A route that does not say that it applies the limit is closed to everybody who has one. */
function appliesLimit(access: Access): boolean {
  return (access.by === "session" || access.by === "member") && access.appliesCustomerLimit === true;
}

function checkRole(role: Role, least: Role): void {
  if (!hasRole(role, least))
    throw new MusterError("forbidden", `This request needs the role "${least}" or higher.`);
}

function wrongKind(needed: string): MusterError {
  return new MusterError("forbidden", `This request needs ${needed} but has another kind of credential.`);
}
