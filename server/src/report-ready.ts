/** What the server reports once it is ready. */
export type ReadyReport = {
  publicUrl: string;
  /** Address for the agent beside the server. */
  localUrl: string;
  /** The authority of a self-made certificate, for the same agent; null where the system trusts the certificate, or there is none. */
  caFile: string | null;
  setupUrl: string | null;
  /** For the agent beside the server; null when it is enrolled, or when there is no launcher to start it. */
  enrolmentToken: string | null;
};

/** Prints that the server is ready and what to do next, and reports it to the launcher if there is one. */
export function reportReady({ publicUrl, localUrl, caFile, setupUrl, enrolmentToken }: ReadyReport): void {
  process.stdout.write(setupUrl === null ? readyText(publicUrl) : setupText(setupUrl));
  sendToLauncher({ type: "ready", url: localUrl, setupUrl });
  sendToLauncher({ type: "local-agent", enrolmentToken, caFile });
}

function sendToLauncher(message: object): void {
  // A launcher that has exited is noticed by its "disconnect" event.
  if (process.connected) process.send?.(message, undefined, undefined, () => {});
}

function readyText(publicUrl: string): string {
  return `\n  Muster is ready:  ${publicUrl}\n\n`;
}

function setupText(setupUrl: string): string {
  return [
    "",
    "  Muster is ready. Open this link to set it up:",
    "",
    `  ${setupUrl}`,
    "",
    "  It works once, within one hour. A restart of the server prints a new link.",
    "",
    "",
  ].join("\n");
}
