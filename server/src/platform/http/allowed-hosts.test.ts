import { expect, it } from "vitest";
import { createAllowedHosts } from "./allowed-hosts.ts";

const hosts = createAllowedHosts(["muster.example.org", "Backup.lan"]);

it.each([
  "muster.example.org",
  "MUSTER.example.org:8443",
  "muster.example.org.",
  "backup.lan",
  "localhost",
  "localhost:8080",
  "a.localhost",
  "127.0.0.1:8080",
  "192.0.2.7",
  "[::1]:8080",
  "[2001:db8::1]",
])("allows %s", (host) => expect(hosts.has(host)).toBe(true));

it.each([
  "evil.example",
  "muster.example.org.evil.example",
  "evil.example:8080",
  "localhost.evil.example",
  "127.0.0.1.evil.example",
  "2130706433",
  "0x7f.1",
  "[evil]",
  "::1",
  "",
  "muster.example.org@evil.example",
  "muster.example.org, evil.example",
  "muster.example.org:99999999",
])("does not allow %s", (host) => expect(hosts.has(host)).toBe(false));
