import type { ServerAddress } from "./server-address.ts";

export type ServerProbe =
  /** `clockAheadMs`: how far this machine's clock is ahead of the server's, null when the server does not say. */
  { kind: "reached"; status: number; clockAheadMs: number | null } | { kind: "failed"; reason: string };

const TIMEOUT_MS = 5000;

/** Asks the server's health, as a person would who looks for what is wrong. Certificates are verified as for reports. */
export function probeServer(address: ServerAddress, wallMs: () => number): Promise<ServerProbe> {
  const isTls = address.url.startsWith("https:");
  const web = isTls ? process.getBuiltinModule("node:https") : process.getBuiltinModule("node:http");
  const trust = isTls && address.caPem !== null ? { ca: address.caPem } : {};
  return new Promise((resolve) => {
    const call = web.get(`${address.url}/api/health`, { ...trust, timeout: TIMEOUT_MS, agent: false });
    call.once("response", (response) => {
      const serverMs = Date.parse(response.headers.date ?? "");
      const clockAheadMs = Number.isNaN(serverMs) ? null : wallMs() - serverMs;
      resolve({ kind: "reached", status: response.statusCode ?? 0, clockAheadMs });
      response.destroy();
    });
    call.once("timeout", () => call.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)));
    call.once("error", (error) => resolve({ kind: "failed", reason: error.message }));
  });
}
