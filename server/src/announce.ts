import type { Server } from "./compose.ts";

/** Tells the person who started the server, and the launcher if there is one, that it is ready and what comes next. */
export async function announce(options: {
  server: Pick<Server, "makeSetupUrl" | "makeLocalAgentToken">;
  publicUrl: string;
  /** Where the agent beside the server reaches it. */
  localUrl: string;
}): Promise<void> {
  const { server, publicUrl, localUrl } = options;
  const setupUrl = await server.makeSetupUrl();
  process.stdout.write(setupUrl === null ? readyBlock(publicUrl) : setupBlock(setupUrl));
  if (!process.send) return;
  process.send({ type: "ready", url: localUrl, setupUrl });
  process.send({ type: "local-agent", enrolmentToken: await server.makeLocalAgentToken() });
}

function readyBlock(publicUrl: string): string {
  return `\n  Muster is ready:  ${publicUrl}\n\n`;
}

function setupBlock(setupUrl: string): string {
  return [
    "",
    "  Muster is ready. Open this link to set it up:",
    "",
    `  ${setupUrl}`,
    "",
    "  It works once, within one hour. A restart makes a new one.",
    "",
    "",
  ].join("\n");
}
