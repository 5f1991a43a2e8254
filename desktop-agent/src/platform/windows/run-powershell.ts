/** Arguments that make Windows PowerShell run a script of ours without the user's profile, and answer in UTF-8. */
export function powershellArguments(script: string): string[] {
  return ["-NoLogo", "-NoProfile", "-NonInteractive", "-Command", `${UTF8}\n${script}`];
}

export const POWERSHELL = "powershell.exe";

const UTF8 = "$ErrorActionPreference = 'SilentlyContinue'; [Console]::OutputEncoding = [Text.Encoding]::UTF8";
