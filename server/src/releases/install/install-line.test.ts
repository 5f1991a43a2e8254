import { createHash } from "node:crypto";
import { INSTALL_SYSTEMS, type InstallSystem } from "@muster/shared/contracts/install.ts";
import { describe, expect, it } from "vitest";
import { installLine } from "./install-line.ts";
import { INSTALL_SCRIPTS, installScript } from "./install-script.ts";
import type { ServerTrust } from "./public-address.ts";

const HASH = "a".repeat(64);
const PIN = "b".repeat(64);
const TOKEN = `mt_${"T".repeat(43)}`;
const MAX_SCRIPT_LINES = 40;

const lineOf = (system: InstallSystem, trust: ServerTrust, url = "https://muster.example.org/fleet") =>
  installLine(system, { url, trust, scriptSha256: HASH, token: TOKEN });

describe.each(INSTALL_SYSTEMS)("the install line for %s", (system) => {
  it("holds address, hash and token once each where it needs them", () => {
    const line = lineOf(system, { kind: "certificate" });
    expect(line).not.toContain("\n");
    expect(line.split(TOKEN)).toHaveLength(2);
    expect(line).toContain(
      `https://muster.example.org/fleet/install/${INSTALL_SCRIPTS[system].file}?sha256=${HASH}`,
    );
  });

  it("verifies the download by certificate unless the agent has a pin to check", () => {
    const unverified = /-fsSgk|no-check-certificate|ServerCertificateValidationCallback/;
    for (const kind of ["certificate", "loopback", "none"] as const) {
      expect(lineOf(system, { kind })).not.toMatch(unverified);
    }
    const pinned = lineOf(system, { kind: "pin", pin: PIN });
    expect(pinned).toMatch(unverified);
    expect(pinned.toLowerCase()).toContain(`-pin ${system === "windows" ? `'${PIN}'` : PIN}`);
  });

  it("allows plain HTTP to another machine only where it is used", () => {
    const allows = (trust: ServerTrust) => /insecure-?http/i.test(lineOf(system, trust));
    expect(allows({ kind: "none" })).toBe(true);
    expect([allows({ kind: "certificate" }), allows({ kind: "loopback" })]).toEqual([false, false]);
  });

  it.each([
    "http://a';reboot;'",
    'http://a"b',
    "http://a$(id)",
    "http://a`id`",
    "http://a b",
    "http://a/%27",
    "http://a/?x=1",
  ])("is not made for the address %s", (url) => {
    expect(() => lineOf(system, { kind: "none" }, url)).toThrow(/public URL/);
  });

  it("accepts an IPv6 address", () => {
    expect(lineOf(system, { kind: "none" }, "http://[fd00::7]:8080")).toContain("http://[fd00::7]:8080");
  });
});

describe("the token in the line", () => {
  it.each(["linux", "macos"] as const)(
    "reaches the script for %s by standard input, never as an argument",
    (system) => {
      const [before = "", program = ""] = lineOf(system, { kind: "certificate" }).split(" | ", 2);
      expect(before).toBe(`echo ${TOKEN}`);
      expect(program).not.toContain(TOKEN);
    },
  );

  it("is refused when it could be read as more than a word", () => {
    const parts = {
      url: "https://a",
      trust: { kind: "certificate" },
      scriptSha256: HASH,
      token: "mt_;reboot;aaaaaaaaaaaaaaaa",
    } as const;
    expect(() => installLine("linux", parts)).toThrow(/token/);
  });
});

describe.each(INSTALL_SYSTEMS)("the install script for %s", (system) => {
  const { agents } = INSTALL_SCRIPTS[system];
  const all = new Map(agents.map((agent, index) => [agent, String(index).repeat(64)]));

  it("is short, holds the hash of each agent, and is named by its own", () => {
    const script = installScript(system, all);
    expect(script.text.trimEnd().split("\n").length).toBeLessThanOrEqual(MAX_SCRIPT_LINES);
    for (const hash of all.values()) expect(script.text).toContain(hash);
    expect(script.text).not.toMatch(/@[A-Z]/);
    expect(script.sha256).toBe(createHash("sha256").update(script.text).digest("hex"));
  });

  it("depends on the hashes alone", () => {
    expect(installScript(system, all)).toEqual(installScript(system, new Map([...all].toReversed())));
    expect(installScript(system, new Map()).sha256).not.toBe(installScript(system, all).sha256);
  });

  it("is not made with a hash that is none", () => {
    const [agent] = agents;
    expect(() => installScript(system, new Map([[agent ?? "linux-x64", "x; reboot"]]))).toThrow(/no SHA-256/);
  });
});
