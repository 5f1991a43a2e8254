/** What is said once the server is ready. */
export type ReadyReport = {
  publicUrl: string;
  /** Where the agent beside the server reaches it. */
  localUrl: string;
  setupUrl: string | null;
  /** For the agent beside the server; null when that is enrolled, or when there is no launcher to start it. */
  enrolmentToken: string | null;
};

/** Tells the person who started the server, and the launcher if there is one, that it is ready and what comes next. */
export function reportReady({ publicUrl, localUrl, setupUrl, enrolmentToken }: ReadyReport): void {
  process.stdout.write(setupUrl === null ? readyText(publicUrl) : setupText(setupUrl));
  sendToLauncher({ type: "ready", url: localUrl, setupUrl });
  sendToLauncher({ type: "local-agent", enrolmentToken });
}

function sendToLauncher(message: object): void {
  // A launcher that has gone meanwhile is noticed by its disconnecting.
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
    "  It works once, within one hour. A restart makes a new one.",
    "",
    "",
  ].join("\n");
}
