/** Arguments that make Windows PowerShell run a script of ours without the user's profile, and answer in UTF-8. */
export function powershellArguments(script: string): string[] {
  return ["-NoLogo", "-NoProfile", "-NonInteractive", "-Command", `${UTF8}\n${script}`];
}

export const POWERSHELL = "powershell.exe";

/** The application id under which its notifications are shown; every Windows has it registered. */
export const POWERSHELL_ID =
  "{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}\\WindowsPowerShell\\v1.0\\powershell.exe";

const UTF8 = "$ErrorActionPreference = 'SilentlyContinue'; [Console]::OutputEncoding = [Text.Encoding]::UTF8";
