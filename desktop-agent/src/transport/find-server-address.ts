import { explainConnectionError } from "@muster/shared/system-errors.ts";
import type { DetailedPeerCertificate } from "node:tls";
import type { Duplex } from "node:stream";
import type { FilePort } from "../platform/ports.ts";
import type { ProxyFor, ProxyServer } from "./proxy.ts";
import { openTunnel } from "./web-client.ts";
import { checkServerUrl, type ServerAddress } from "./server-address.ts";

type AddressRequest = {
  url: string;
  caFile: string | null;
  pin: string | null;
  insecureHttp: boolean;
  proxyFor?: ProxyFor | undefined;
};

type AddressOutcome = { kind: "found"; address: ServerAddress } | { kind: "refused"; reason: string };

/** Finds out how the server is to be trusted: the system's authorities, a file's, or the one that the pin names. */
export async function findServerAddress(files: FilePort, request: AddressRequest): Promise<AddressOutcome> {
  const checked = checkServerUrl(request.url, request.insecureHttp);
  if (checked.kind === "refused") return checked;
  const { url } = checked;
  const found = (caPem: string | null): AddressOutcome => ({
    kind: "found",
    address: { url, caPem, insecureHttp: request.insecureHttp },
  });
  if (request.caFile !== null) {
    const pem = await files.read(request.caFile);
    if (!pem?.includes("-----BEGIN CERTIFICATE-----")) {
      return { kind: "refused", reason: "The CA file does not exist or contains no certificate." };
    }
    return found(pem);
  }
  if (request.pin === null) return found(null);
  const authority = await fetchPinnedAuthority(url, request.pin, request.proxyFor?.(url) ?? null);
  return authority.kind === "found" ? found(authority.pem) : { kind: "refused", reason: authority.reason };
}

type PinnedAuthority = { kind: "found"; pem: string } | { kind: "failed"; reason: string };

const TIMEOUT_MS = 10_000;

/**
 * Fetches the certificate authority whose SHA-256 (64 hexadecimal digits, of the DER form) is `pin` from the chain that the server
 * shows. The caller then verifies every connection against it.
 */
export async function fetchPinnedAuthority(
  url: string,
  pin: string,
  proxy: ProxyServer | null = null,
): Promise<PinnedAuthority> {
  const wanted = normalizePin(pin);
  if (wanted === null)
    return { kind: "failed", reason: "The pin must be a SHA-256 of 64 hexadecimal digits." };
  const { hostname, port, protocol } = new URL(url);
  if (protocol !== "https:")
    return { kind: "failed", reason: "A pin requires an address that starts with https://." };
  const tls = process.getBuiltinModule("node:tls");
  const host = hostname.replace(/^\[|\]$/g, "");
  let tunnel: Duplex | null = null;
  try {
    tunnel = proxy && (await openTunnel(proxy, host, Number(port || 443)));
  } catch (error) {
    return { kind: "failed", reason: error instanceof Error ? error.message : "The proxy failed." };
  }
  return new Promise((resolve) => {
    // Unverified only here and only to look: nothing is sent, and what is taken from it is checked by its hash.
    const socket = tls.connect({
      ...(tunnel ? { socket: tunnel } : { host, port: Number(port || 443) }),
      rejectUnauthorized: false,
      timeout: TIMEOUT_MS,
      ...(/[a-z]/i.test(host) ? { servername: host } : {}),
    });
    socket.once("secureConnect", () => {
      resolve(pickAuthority(socket.getPeerCertificate(true), wanted));
      socket.destroy();
    });
    socket.once("timeout", () => socket.destroy(new Error("The server did not answer.")));
    socket.once("error", (error) => resolve({ kind: "failed", reason: explainConnectionError(error) }));
  });
}

/** A pin as 64 lower-case digits; colons and a leading `sha256:` are tolerated. Null when it is none. */
function normalizePin(pin: string): string | null {
  const digits = pin
    .trim()
    .toLowerCase()
    .replace(/^sha256[:/]/, "")
    .replaceAll(":", "");
  return /^[0-9a-f]{64}$/.test(digits) ? digits : null;
}

function pickAuthority(leaf: DetailedPeerCertificate, wanted: string): PinnedAuthority {
  const seen = new Set<string>();
  let certificate: DetailedPeerCertificate | undefined = leaf;
  while (certificate?.raw && !seen.has(certificate.fingerprint256)) {
    seen.add(certificate.fingerprint256);
    if (normalizePin(certificate.fingerprint256) === wanted)
      return { kind: "found", pem: toPem(certificate.raw) };
    certificate = certificate.issuerCertificate;
  }
  return {
    kind: "failed",
    reason:
      "The server shows no certificate with this pin. Check the address, and whether the server has a new authority.",
  };
}

function toPem(der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}
