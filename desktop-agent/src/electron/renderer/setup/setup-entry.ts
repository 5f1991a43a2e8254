import type { SetupForm, WindowState } from "../../ipc-contract.ts";

/** The content of the fields. */
export type SetupEntry = { server: string; token: string; authority: string; isInsecureHttpAllowed: boolean };
/** The fields that can be invalid, from top to bottom. */
export const FIELDS = ["server", "token", "authority"] as const;
export type SetupField = (typeof FIELDS)[number];
/** What is wrong with a field, found without asking the server. */
export type SetupProblem = "required" | "authorityInvalid";

export const EMPTY_ENTRY: SetupEntry = {
  server: "",
  token: "",
  authority: "",
  isInsecureHttpAllowed: false,
};

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\sA-Za-z0-9+/=]+-----END CERTIFICATE-----/;

/** The invalid fields; empty when the form can be sent. */
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

/** The form as it is sent. https is added to an address without a scheme. */
export function formOf({ server, token, authority, isInsecureHttpAllowed }: SetupEntry): SetupForm {
  const address = server.trim();
  return {
    server: /^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `https://${address}`,
    token: token.trim(),
    caPem: authority.trim() === "" ? null : authority.trim(),
    isInsecureHttpAllowed,
  };
}

/** Whether this app can join a server: it runs the agent itself, and the agent is not enrolled or is no longer accepted. */
export function canJoin({ view, role }: Pick<WindowState, "view" | "role">): boolean {
  if (!view || role !== "embedded-engine") return false;
  const { kind } = view.state;
  return view.enrolled === null || kind === "not-enrolled" || kind === "copied-machine" || kind === "revoked";
}
