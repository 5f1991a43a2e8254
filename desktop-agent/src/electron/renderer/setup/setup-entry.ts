import type { SetupForm, WindowState } from "../../ipc-contract.ts";

/** What stands in the fields. */
export type SetupEntry = { server: string; token: string; authority: string; isInsecureHttpAllowed: boolean };
/** The fields that can be wrong, in their order. */
export const FIELDS = ["server", "token", "authority"] as const;
export type SetupField = (typeof FIELDS)[number];
/** What is wrong with a field, before anybody is asked. */
export type SetupProblem = "required" | "authorityInvalid";

export const EMPTY_ENTRY: SetupEntry = {
  server: "",
  token: "",
  authority: "",
  isInsecureHttpAllowed: false,
};

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\sA-Za-z0-9+/=]+-----END CERTIFICATE-----/;

/** Fields that need another content; empty when the form can be sent. */
export function entryProblems({
  server,
  token,
  authority,
}: SetupEntry): Partial<Record<SetupField, SetupProblem>> {
  const problems: Partial<Record<SetupField, SetupProblem>> = {};
  if (server.trim() === "") problems.server = "required";
  if (token.trim() === "") problems.token = "required";
  if (authority.trim() !== "" && !CERTIFICATE.test(authority)) problems.authority = "authorityInvalid";
  return problems;
}

/** The form as it is sent. An address without a scheme is meant with https. */
export function formOf({ server, token, authority, isInsecureHttpAllowed }: SetupEntry): SetupForm {
  const address = server.trim();
  return {
    server: /^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `https://${address}`,
    token: token.trim(),
    caPem: authority.trim() === "" ? null : authority.trim(),
    isInsecureHttpAllowed,
  };
}

/** Whether an address and token can be entered here: where the app runs the agent, and that belongs to no server or is refused. */
export function canJoin({ view, role }: Pick<WindowState, "view" | "role">): boolean {
  if (!view || role !== "own-engine") return false;
  const { kind } = view.state;
  return view.enrolled === null || kind === "not-enrolled" || kind === "copied-machine" || kind === "revoked";
}
