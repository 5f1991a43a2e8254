import { commandFailure } from "../command-failure.ts";
import { printableLine } from "../printable-text.ts";
import type { RebootPort, RebootWarningPort } from "../ports.ts";
import type { CommandResult, RunCommand } from "../run-command.ts";
import type { RebootWarning } from "@muster/shared/contracts/local-agent.ts";
import { POWERSHELL, powershellArguments } from "./run-powershell.ts";

const LIMIT_MS = 15_000;
const MAX_COMMENT_LENGTH = 512;
// Planned, application, maintenance: the reason in the system's log.
const REASON = "p:4:1";
const ACCESS_DENIED = 5;
const GOING_DOWN = 1115;
const NONE_SCHEDULED = 1116;
const ALREADY_SCHEDULED = 1190;
const NO_PRIVILEGE = [ACCESS_DENIED, 1300, 1314];

/** Restarts by shutdown.exe, whose exit codes are those of the system. */
export function createWindowsReboots(run: RunCommand): RebootPort {
  return {
    // Only an attempt shows whether the system accepts it.
    obstacle: async () => null,

    async schedule({ delayMinutes, message }) {
      const comment = printableLine(message, MAX_COMMENT_LENGTH);
      const args = ["/r", "/t", String(delayMinutes * 60), "/d", REASON, ...commentArguments(comment)];
      const result = await run("shutdown.exe", args, { timeoutMs: LIMIT_MS });
      if (codeOf(result) === ALREADY_SCHEDULED || codeOf(result) === GOING_DOWN) {
        return { kind: "already-scheduled" };
      }
      const reason = failure(result);
      return reason === null ? { kind: "scheduled" } : { kind: "failed", reason };
    },
    async cancel() {
      const result = await run("shutdown.exe", ["/a"], { timeoutMs: LIMIT_MS });
      if (codeOf(result) === NONE_SCHEDULED) return { kind: "none-scheduled" };
      if (codeOf(result) === GOING_DOWN)
        return { kind: "failed", reason: "The system is already shutting down." };
      const reason = failure(result);
      return reason === null ? { kind: "cancelled" } : { kind: "failed", reason };
    },
  };
}

// A comment that looks like an option gets a space before it.
function commentArguments(comment: string): string[] {
  if (comment === "") return [];
  return ["/c", /^[-/]/.test(comment) ? ` ${comment.slice(0, MAX_COMMENT_LENGTH - 1)}` : comment];
}

function codeOf(result: CommandResult): number | undefined {
  return result.kind === "exited" ? result.code : undefined;
}

function failure(result: CommandResult): string | null {
  const code = codeOf(result);
  if (code !== undefined && NO_PRIVILEGE.includes(code)) {
    return "shutdown: the agent's account may not restart this computer";
  }
  const reason = commandFailure(result);
  return reason === null ? null : `shutdown: ${reason}`;
}

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
