import type { Role, Scope } from "@muster/shared/contracts/identity.ts";

/** Who sent a request, by its credential. Every kind except `nobody` belongs to one organization. */
export type Caller = Nobody | UserCaller | ApiKeyCaller | DeviceCaller | LegacyKeyCaller;

export type Nobody = { kind: "nobody" };

export type UserCaller = {
  kind: "user";
  orgId: string;
  userId: string;
  sessionId: string;
  name: string;
  role: Role;
  /** The customers that the member is limited to; null without a limit. */
  customerIds: readonly string[] | null;
  /** When the session ends unless it is used again; absent when it has no end. */
  expiresAt?: number;
};

/** `role` is the current role of the key's creator: a key never has more rights than its creator. */
export type ApiKeyCaller = {
  kind: "api-key";
  orgId: string;
  keyId: string;
  name: string;
  role: Role;
  scopes: readonly Scope[];
  /** What both the key and its creator are limited to; null without a limit. */
  customerIds: readonly string[] | null;
  /** Absent when the key does not expire. */
  expiresAt?: number;
};

export type DeviceCaller = { kind: "device"; orgId: string; deviceId: string; credentialId: string };

/** A key on the routes of a legacy system, with its rights there. */
export type LegacyKeyCaller = {
  kind: "compat-key";
  orgId: string;
  keyId: string;
  name: string;
  system: string;
  rights: readonly LegacyKeyRight[];
  /** The only machine that the key may report for; null for any machine. */
  machineId: string | null;
};

/** `agent` reports for machines, `operator` acts for their administrators. */
export type LegacyKeyRight = "agent" | "operator";

/** Identifies the key of a secret on the routes of `system`. Throws `unauthenticated` for an unknown or revoked key, or one of another system. */
export type AuthenticateLegacyKey = (system: string, secret: string) => Promise<LegacyKeyCaller>;

/** A caller that acts with the rights of a member. */
export type MemberCaller = UserCaller | ApiKeyCaller;

/** True for a member or key that is limited to some customers. */
export function isLimited(caller: Caller): boolean {
  return (caller.kind === "user" || caller.kind === "api-key") && caller.customerIds !== null;
}

/** True when both reach the same customers, in any order. */
export function hasSameLimit(one: Caller, other: Caller): boolean {
  return limitKeyOf(one) === limitKeyOf(other);
}

function limitKeyOf(caller: Caller): string | null {
  if (caller.kind !== "user" && caller.kind !== "api-key") return null;
  return caller.customerIds && caller.customerIds.toSorted().join();
}

/** Identifies the caller; `nobody` without a credential. Throws `unauthenticated` for a wrong or revoked one. */
export type Authenticate = (credentials: RequestCredentials) => Promise<Caller>;

/** The credentials of a request. */
export type RequestCredentials = {
  /** Value of `Authorization: Bearer`, null when absent. */
  bearer: string | null;
  /** Value of the session cookie, null when absent. */
  session: string | null;
  /** Organization that the browser selects, null when absent. */
  organizationId: string | null;
  /** True when the server checks an open stream again, which is no use of the credential. */
  isRecheck?: boolean;
};

/** Id of the caller's session, key or device credential; null without one. */
export function credentialIdOf(caller: Caller): string | null {
  switch (caller.kind) {
    case "nobody":
      return null;
    case "user":
      return caller.sessionId;
    case "api-key":
    case "compat-key":
      return caller.keyId;
    case "device":
      return caller.credentialId;
  }
}

/** When the caller's credential ends by itself; null when it does not. */
export function expiryOf(caller: Caller): number | null {
  return (caller.kind === "user" || caller.kind === "api-key" ? caller.expiresAt : undefined) ?? null;
}
