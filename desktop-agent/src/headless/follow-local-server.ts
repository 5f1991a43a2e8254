import type { AgentHome } from "../agent/agent-home.ts";
import { readIdentity, writeIdentity } from "../agent/device-identity.ts";
import type { FilePort } from "../platform/ports.ts";
import { checkServerUrl, isLoopbackUrl } from "../transport/server-address.ts";

/**
 * Takes note that the server on this very machine listens at another address now. Only from loopback to loopback: a credential
 * never follows to another machine. Answers whether the address changed.
 */
export async function followLocalServer(
  { files, home }: { files: FilePort; home: AgentHome },
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
