import { expect, it } from "vitest";
import { makeLocalView } from "../../model/local-view.factory.ts";
import { canJoin, EMPTY_ENTRY, entryProblems, formOf } from "./setup-entry.ts";

const PEM = "-----BEGIN CERTIFICATE-----\nMIIB+/=\n-----END CERTIFICATE-----\n";
const entry = { ...EMPTY_ENTRY, server: " muster.example.com ", token: " mt_abc\n" };

it("requires address and token", () => {
  expect(entryProblems(EMPTY_ENTRY)).toEqual({ server: "required", token: "required" });
  expect(entryProblems({ ...entry, token: " \n" })).toEqual({ token: "required" });
  expect(entryProblems(entry)).toEqual({});
});

it("distinguishes a certificate from other text", () => {
  expect(entryProblems({ ...entry, authority: PEM + PEM })).toEqual({});
  expect(entryProblems({ ...entry, authority: "MIIB" })).toEqual({ authority: "authorityInvalid" });
  expect(entryProblems({ ...entry, authority: "-----BEGIN PRIVATE KEY-----" })).toEqual({
    authority: "authorityInvalid",
  });
});

it("trims pasted spaces and adds the scheme", () => {
  expect(formOf(entry)).toEqual({
    server: "https://muster.example.com",
    token: "mt_abc",
    caPem: null,
    isInsecureHttpAllowed: false,
  });
  expect(formOf({ ...entry, authority: PEM }).caPem).toBe(PEM.trim());
});

it.each(["http://10.0.0.4:8080", "HTTPS://muster", "ftp://x"])("keeps the scheme of %s", (server) => {
  expect(formOf({ ...entry, server }).server).toBe(server);
});

it.each([
  [makeLocalView(), "embedded-engine", false],
  [makeLocalView({ enrolled: null, state: { kind: "not-enrolled", reason: null } }), "embedded-engine", true],
  [makeLocalView({ state: { kind: "revoked" } }), "embedded-engine", true],
  [makeLocalView({ state: { kind: "copied-machine" } }), "embedded-engine", true],
  [makeLocalView({ state: { kind: "paused", untilMs: null } }), "embedded-engine", false],
  [makeLocalView({ enrolled: null, state: { kind: "not-enrolled", reason: null } }), "service", false],
  [null, "embedded-engine", false],
] as const)("case %#", (view, role, can) => {
  expect(canJoin({ view, role })).toBe(can);
});
