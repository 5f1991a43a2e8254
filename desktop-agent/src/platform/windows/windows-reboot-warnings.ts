import type { RebootWarning } from "@muster/shared/contracts/local-agent.ts";
import type { RebootWarningPort } from "../ports.ts";
import type { RunCommand } from "../run-command.ts";
import { POWERSHELL, powershellArguments } from "./run-powershell.ts";

const LIMIT_MS = 15_000;
// Home editions lack this command, and it works only for administrators: then there is no warning.
const PROTECTORS =
  "(Get-BitLockerVolume -MountPoint $env:SystemDrive | Where-Object ProtectionStatus -eq 'On').KeyProtector.KeyProtectorType";
const ASKING = /^(TpmPin|TpmPinStartupKey|Password)\s*$/im;
// The services behind them end some minutes after their work.
const INSTALLING = /^"(TrustedInstaller|TiWorker|msiexec)\.exe"/im;

/** BitLocker with a PIN asks before Windows starts; Windows' own installers are at work as long as they run. */
export function createWindowsRebootWarnings(run: RunCommand): RebootWarningPort {
  const readOutput = async (file: string, args: readonly string[], signal: AbortSignal) => {
    const result = await run(file, args, { timeoutMs: LIMIT_MS, signal });
    return result.kind === "exited" ? result.stdout : "";
  };
  return {
    async read(signal) {
      const [protectors, tasks] = await Promise.all([
        readOutput(POWERSHELL, powershellArguments(PROTECTORS), signal),
        readOutput("tasklist.exe", ["/FO", "CSV", "/NH"], signal),
      ]);
      const warnings: RebootWarning[] = [];
      if (ASKING.test(protectors)) warnings.push("disk-password");
      if (INSTALLING.test(tasks)) warnings.push("package-manager");
      return warnings;
    },
  };
}
