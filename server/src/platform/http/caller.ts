import type { Role, Scope } from "@muster/shared/contracts/identity.ts";

/** Who sent a request, as its credential proves. Every kind but `nobody` belongs to one organization. */
export type Caller = Nobody | UserCaller | ApiKeyCaller | DeviceCaller | LegacyKeyCaller;

export type Nobody = { kind: "nobody" };

export type UserCaller = {
  kind: "user";
  orgId: string;
  userId: string;
  sessionId: string;
  name: string;
  role: Role;
};

/** `role` is the present role of the key's creator: a key never has more than its maker. */
export type ApiKeyCaller = {
  kind: "api-key";
  orgId: string;
  keyId: string;
  name: string;
  role: Role;
  scopes: readonly Scope[];
};

export type DeviceCaller = { kind: "device"; orgId: string; deviceId: string; credentialId: string };

/** A key on an older system's routes, and what it was made for there. */
export type LegacyKeyCaller = {
  kind: "compat-key";
  orgId: string;
  keyId: string;
  name: string;
  system: string;
  rights: readonly LegacyKeyRight[];
  /** The one machine that an agent's key may name; null when it may name any. */
  machineId: string | null;
};

/** `agent` speaks for machines, `operator` for the people who look after them. */
export type LegacyKeyRight = "agent" | "operator";

/** Finds whose secret it is on the routes of `system`. Throws `unauthenticated` for an unknown, revoked or foreign one. */
export type AuthenticateLegacyKey = (system: string, secret: string) => Promise<LegacyKeyCaller>;

/** A caller that acts for a member of an organization. */
export type MemberCaller = UserCaller | ApiKeyCaller;

/** Finds who a request is from; `nobody` when it carries no credential. Throws `unauthenticated` for a wrong or revoked one. */
export type Authenticate = (credentials: RequestCredentials) => Promise<Caller>;

/** What a request carries to prove who it is from. */
export type RequestCredentials = {
  /** Value of `Authorization: Bearer`, null when absent. */
  bearer: string | null;
  /** Value of the session cookie, null when absent. */
  session: string | null;
  /** Organization that the browser asks for, null when it does not say. */
  organizationId: string | null;
};

/** What tells one credential from another: the id of a session, a key or a device's credential; null without one. */
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
