import type { RebootWarning } from "@muster/shared/contracts/local-agent.ts";
import type { RebootWarningPort } from "../ports.ts";
import type { RunCommand } from "../run-command.ts";

const LIMIT_MS = 5_000;
// Not the daemons beside them (softwareupdated, installd), which always run.
const INSTALLING = /^(?:\S*\/)?(?:softwareupdate|installer)$/m;

/** FileVault asks for a password before macOS starts; `softwareupdate` and `installer` are at work as long as they run. */
export function createMacosRebootWarnings(run: RunCommand): RebootWarningPort {
  const readOutput = async (file: string, args: readonly string[], signal: AbortSignal) => {
    const result = await run(file, args, { timeoutMs: LIMIT_MS, signal });
    return result.kind === "exited" ? result.stdout : "";
  };
  return {
    async read(signal) {
      const [vault, processes] = await Promise.all([
        readOutput("/usr/bin/fdesetup", ["status"], signal),
        readOutput("/bin/ps", ["-axo", "comm="], signal),
      ]);
      const warnings: RebootWarning[] = [];
      if (/^FileVault is On\b/m.test(vault)) warnings.push("disk-password");
      if (INSTALLING.test(processes)) warnings.push("package-manager");
      return warnings;
    },
  };
}
