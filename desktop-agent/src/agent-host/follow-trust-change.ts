import type { Agent } from "../agent/agent.ts";
import { readIdentity, writeIdentity } from "../agent/identity/device-identity.ts";
import { type Log, messageOf } from "../agent/log.ts";
import type { Cancel } from "../platform/ports.ts";
import { changeTrust, mayBeOtherAuthority } from "../transport/change-trust.ts";
import type { Context } from "./context.ts";

const RETRY_MS = 10 * 60_000;

/**
 * While the server shows another certificate than one of its pinned authority: asks from time to time whether a real certificate took its
 * place, with the authority's own consent. Then stores that and calls `restart`.
 */
export function followTrustChange(context: Context, agent: Agent, log: Log, restart: () => void): Cancel {
  const { platform, home, proxyFor } = context;
  let nextTryMs = 0;

  async function tryChange(): Promise<void> {
    const stored = await readIdentity(platform.files, home);
    if (stored.kind !== "enrolled") return;
    const { identity } = stored;
    const server = await changeTrust(identity.server, { wallMs: () => platform.clock.wallMs(), proxyFor });
    if (server === null) {
      log.warn("The server shows another certificate, and its own authority has not agreed to it.");
      return;
    }
    await writeIdentity(platform.files, home, { ...identity, server });
    log.info(
      "The server has a certificate that this system trusts, and its own authority agrees. The agent restarts.",
    );
    restart();
  }

  return agent.subscribe(() => {
    if (!mayBeOtherAuthority(agent.status().reporting?.contact.problem ?? null)) return;
    const nowMs = platform.clock.monotonicMs();
    if (nowMs < nextTryMs) return;
    nextTryMs = nowMs + RETRY_MS;
    tryChange().catch((error: unknown) =>
      log.warn(`The server's certificate could not be checked: ${messageOf(error)}`),
    );
  });
}
