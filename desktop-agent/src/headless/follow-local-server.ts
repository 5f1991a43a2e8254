import type { AgentHome } from "../agent/agent-home.ts";
import { readIdentity, writeIdentity } from "../agent/device-identity.ts";
import type { Platform } from "../platform/ports.ts";
import { checkServerUrl, isLoopbackUrl } from "../transport/server-address.ts";

/**
 * Stores the new address of the server on this machine. Only from loopback to loopback: a credential is never sent to another
 * machine. Returns whether the address changed.
 */
export async function followLocalServer(
  { platform: { files }, home }: { platform: Pick<Platform, "files">; home: AgentHome },
  given: string,
): Promise<boolean> {
  const checked = checkServerUrl(given, false);
  const stored = await readIdentity(files, home);
  if (checked.kind === "refused" || stored.kind !== "enrolled") return false;
  const { identity } = stored;
  const { url } = checked;
  if (identity.server.url === url || !isLoopbackUrl(identity.server.url) || !isLoopbackUrl(url)) return false;
  await writeIdentity(files, home, { ...identity, server: { ...identity.server, url } });
  return true;
}
