import type { Caller } from "./caller.ts";

/** What tells one credential from another: the id of a session, a key or a device's credential; null without one. */
export function credentialKey(caller: Caller): string | null {
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
