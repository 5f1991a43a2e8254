export type EnrolSystem = "linux" | "macos" | "windows";

export const ENROL_SYSTEMS: readonly EnrolSystem[] = ["linux", "macos", "windows"];

/**
 * The line that lets a computer join, ready to paste into its shell (sh, PowerShell). The token goes by the environment of that
 * one process, never as an argument that other users of the computer could list.
 */
export function enrolLine(system: EnrolSystem, serverUrl: string, token: string): string {
  if (system === "windows") {
    return `$env:MUSTER_ENROL_TOKEN=${quotePowerShell(token)}; muster-agent enrol --server ${quotePowerShell(serverUrl)}; Remove-Item Env:MUSTER_ENROL_TOKEN`;
  }
  return `MUSTER_ENROL_TOKEN=${quoteSh(token)} muster-agent enrol --server ${quoteSh(serverUrl)}`;
}

/** What keeps the agent running after it joined. */
export const RUN_LINE = "muster-agent run";

/** The system of the computer at which this page is read. */
export function systemOf(userAgent: string): EnrolSystem {
  if (/Windows/i.test(userAgent)) return "windows";
  if (/Macintosh|Mac OS X/i.test(userAgent)) return "macos";
  return "linux";
}

function quoteSh(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function quotePowerShell(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
