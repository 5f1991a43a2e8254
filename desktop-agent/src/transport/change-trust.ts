import { AGENT_PATHS } from "@muster/shared/protocol/agent-protocol.ts";
import { parseObject } from "../validators/json-object.ts";
import { probeServer } from "./probe-server.ts";
import { NO_PROXY, type ProxyFor } from "./proxy.ts";
import type { ServerAddress } from "./server-address.ts";
import { createWebClient } from "./web-client.ts";

const TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 4096;
const NONCE_BYTES = 32;

/** OpenSSL's names for a certificate that the pinned authority did not sign. */
const UNKNOWN_AUTHORITY = /^(UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_SIGNATURE_FAILURE|CERT_UNTRUSTED)/;

/** Whether a problem of the connection may come from another authority than the pinned one. */
export function mayBeOtherAuthority(problem: string | null): boolean {
  return /\((UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_)\w+\)/.test(problem ?? "");
}

type Deps = { wallMs: () => number; proxyFor?: ProxyFor | undefined };

/**
 * Looks whether the server has a certificate that this system trusts in place of one of the pinned authority, and whether that authority
 * itself agrees: it signs a random number of ours. Otherwise anybody with a certificate for the server's name could take the device away.
 * @returns the address to store, null where nothing changes
 */
export async function changeTrust(
  server: ServerAddress,
  { wallMs, proxyFor = NO_PROXY }: Deps,
): Promise<ServerAddress | null> {
  const { caPem } = server;
  if (caPem === null || !server.url.startsWith("https:")) return null;
  const probe = await probeServer(server, wallMs, undefined, proxyFor);
  if (probe.kind === "reached" || !UNKNOWN_AUTHORITY.test(probe.code)) return null;
  const { randomBytes } = process.getBuiltinModule("node:crypto");
  const nonce = randomBytes(NONCE_BYTES).toString("base64url");
  const changed = { ...server, caPem: null };
  const answer = parseObject(
    (await ask(changed, `${AGENT_PATHS.trustChange}?nonce=${nonce}`, proxyFor)) ?? "",
  );
  const { statement, signature } = answer ?? {};
  if (typeof statement !== "string" || typeof signature !== "string") return null;
  return isSignedBy(caPem, statement, signature) && isAbout(statement, server.url, nonce) ? changed : null;
}

function isSignedBy(caPem: string, statement: string, signature: string): boolean {
  const { X509Certificate, verify } = process.getBuiltinModule("node:crypto");
  try {
    const { publicKey } = new X509Certificate(caPem);
    return verify("sha256", Buffer.from(statement), publicKey, Buffer.from(signature, "base64url"));
  } catch {
    return false; // A key of a kind that signs otherwise: not a self-made authority.
  }
}

function isAbout(statement: string, url: string, nonce: string): boolean {
  const content = parseObject(statement);
  return (
    content?.["says"] === "trust-system-authorities" &&
    content["server"] === url &&
    content["nonce"] === nonce
  );
}

/** The text of an answer with status 200, null for anything else. */
function ask(address: ServerAddress, path: string, proxyFor: ProxyFor): Promise<string | null> {
  const web = createWebClient(address, proxyFor(address.url), { keepAlive: false });
  return new Promise((resolve) => {
    const call = web.request(path, {});
    call.setTimeout(TIMEOUT_MS, () => call.destroy());
    call.once("error", () => resolve(null));
    call.once("response", (response) => {
      const chunks: Buffer[] = [];
      let sizeBytes = 0;
      response.on("data", (chunk: Buffer) => {
        sizeBytes += chunk.length;
        if (sizeBytes > MAX_ANSWER_BYTES) call.destroy();
        else chunks.push(chunk);
      });
      response.once("end", () =>
        resolve(response.statusCode === 200 ? Buffer.concat(chunks).toString("utf8") : null),
      );
      response.once("close", () => resolve(null));
    });
    call.end();
  });
}
