import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { basePathOf } from "./configuration.ts";
import { ConfigurationError, loadConfiguration } from "./load-configuration.ts";
import { describeSettings } from "./settings.ts";

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), "muster-config-"));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const load = (environment: Record<string, string>, yaml?: string) => {
  if (yaml !== undefined) writeFileSync(path.join(dataDir, "muster.yaml"), yaml);
  return loadConfiguration({ MUSTER_DATA_DIR: dataDir, ...environment });
};
const problems = (environment: Record<string, string>, yaml?: string) => {
  try {
    load(environment, yaml);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  return "";
};

describe("loadConfiguration", () => {
  it("uses loopback and SQLite in the data folder when nothing is set", () => {
    const configuration = load({});
    expect(configuration).toMatchObject({ port: 8080, host: "127.0.0.1", isLoopback: true, publicUrl: null });
    expect(configuration.databaseUrl).toBe(`sqlite:${path.join(dataDir, "muster.db")}`);
  });

  it("prefers the environment to the file and the file to the defaults, and treats an empty variable as absent", () => {
    const yaml = "port: 9000\nlogLevel: debug\ntrustedProxies: [10.0.0.0/8]\n";
    const configuration = load({ MUSTER_PORT: "9001", MUSTER_LOG_LEVEL: "" }, yaml);
    expect(configuration).toMatchObject({ port: 9001, logLevel: "debug", trustedProxies: ["10.0.0.0/8"] });
  });

  it("lists every problem and shows no value", () => {
    const text = problems(
      { MUSTER_PORT: "70000x", MUSTER_MASTER_KEY: "s3cret", MUSTER_LOG_LEVEL: "loud" },
      "colour: red\n",
    );
    expect(text.split("\n")).toEqual([
      "MUSTER_PORT (port in muster.yaml) must be a whole number from 0 to 65535",
      "MUSTER_LOG_LEVEL (logLevel in muster.yaml) must be trace, debug, info, warn or error",
      expect.stringMatching(/^colour in .*muster\.yaml is not a setting$/),
    ]);
    expect(text).not.toMatch(/70000x|s3cret|loud|red/);
  });

  it("refuses a file that is not YAML or has no settings", () => {
    expect(problems({}, "port: [")).toContain("is not YAML");
    expect(problems({}, "- port")).toContain('"name: value"');
  });

  it.each([
    ["a query", { MUSTER_PUBLIC_URL: "https://muster.example.org/?a=1" }, "MUSTER_PUBLIC_URL"],
    ["a host that a shell would execute", { MUSTER_PUBLIC_URL: "https://a$(reboot)b" }, "MUSTER_PUBLIC_URL"],
    ["a host with a quote", { MUSTER_PUBLIC_URL: "https://a'b" }, "MUSTER_PUBLIC_URL"],
    ["an encoded path", { MUSTER_PUBLIC_URL: "https://example.org/a%2fb" }, "MUSTER_PUBLIC_URL"],
    ["a path of the server", { MUSTER_PUBLIC_URL: "https://example.org/api" }, "MUSTER_PUBLIC_URL"],
    ["a host with a port", { MUSTER_ALLOWED_HOSTS: "muster.lan:8080" }, "MUSTER_ALLOWED_HOSTS"],
    ["no database", { MUSTER_DATABASE_URL: "mysql://x/y" }, "MUSTER_DATABASE_URL"],
    ["no range", { MUSTER_TRUSTED_PROXIES: "10.0.0.0/8, 10.0.0.0/40" }, "MUSTER_TRUSTED_PROXIES"],
    ["a mail server without a sender", { MUSTER_SMTP_URL: "smtp://mail.example.org" }, "go together"],
    ["another scheme for mail", { MUSTER_SMTP_URL: "http://mail.example.org" }, "MUSTER_SMTP_URL"],
    ["a sender with two addresses", { MUSTER_MAIL_FROM: "a@b.example, c@d.example" }, "MUSTER_MAIL_FROM"],
    ["no private network", { MUSTER_WEBHOOK_ALLOW_PRIVATE: "intranet" }, "MUSTER_WEBHOOK_ALLOW_PRIVATE"],
    ["half of TLS", { MUSTER_TLS_CERT_FILE: "/c.pem" }, "go together"],
    [
      "two ways of TLS",
      { MUSTER_TLS: "self", MUSTER_TLS_CERT_FILE: "/c.pem", MUSTER_TLS_KEY_FILE: "/k.pem" },
      "exclude each other",
    ],
    ["two master keys", { MUSTER_MASTER_KEY: "k", MUSTER_MASTER_KEY_FILE: "/k" }, "exclude each other"],
    ["PostgreSQL without master key", { MUSTER_DATABASE_URL: "postgres://u:p@h/d" }, "PostgreSQL needs"],
  ])("refuses %s", (_, environment, text) => {
    expect(problems(environment as Record<string, string>)).toContain(text);
  });

  it("keeps the path of the public URL without its final slash", () => {
    const urlOf = (url: string) => load({ MUSTER_PUBLIC_URL: url }).publicUrl;
    expect(urlOf("https://example.org/muster/")).toBe("https://example.org/muster");
    expect(urlOf("https://example.org/")).toBe("https://example.org");
    expect(basePathOf("https://example.org/a/muster")).toBe("/a/muster");
    expect(basePathOf("https://example.org")).toBe("");
  });

  it("refuses another address than loopback without protection, in one line", () => {
    expect(problems({ MUSTER_HOST: "0.0.0.0" }).split("\n")).toEqual([
      expect.stringContaining("MUSTER_INSECURE_HTTP=1"),
    ]);
    expect(load({ MUSTER_HOST: "0.0.0.0", MUSTER_INSECURE_HTTP: "1" }).isLoopback).toBe(false);
    expect(load({ MUSTER_HOST: "::", MUSTER_TRUSTED_PROXIES: "127.0.0.1" }).isLoopback).toBe(false);
    const tls = load({ MUSTER_HOST: "::", MUSTER_TLS_CERT_FILE: "/c.pem", MUSTER_TLS_KEY_FILE: "/k.pem" });
    expect(tls.tls).toEqual({ certFile: "/c.pem", keyFile: "/k.pem", isSelfMade: false });
    const self = load({ MUSTER_HOST: "0.0.0.0", MUSTER_TLS: "self" });
    expect(self.tls).toMatchObject({ certFile: path.join(dataDir, "tls/server.pem"), isSelfMade: true });
    expect(load({ MUSTER_HOST: "127.1.2.3" }).isLoopback).toBe(true);
  });
});

it("docs/operations.md describes every setting as the code does", () => {
  const docs = readFileSync(path.join(import.meta.dirname, "../../../../docs/operations.md"), "utf8");
  for (const { env, name, fallback, about } of describeSettings()) {
    expect(docs).toContain(
      `| \`${env}\` | \`${name}\` | ${fallback === "" ? "" : `\`${fallback}\``} | ${about} |`,
    );
  }
});
