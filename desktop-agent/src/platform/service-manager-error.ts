import type { CommandResult } from "./run-command.ts";

/** What systemctl, launchctl and schtasks print, and what it means. They speak English: their language is always C, except on Windows. */
const EXPLANATIONS: readonly { printed: RegExp; text: string }[] = [
  {
    printed:
      /access (is )?denied|permission denied|operation not permitted|authentication (is )?required|0x80070005/i,
    text: "Access is denied. Run the command as root or administrator.",
  },
  {
    printed: /failed to connect to bus|not been booted with systemd|host is down/i,
    text: "systemd does not run here, as in most containers. Start the agent with muster-agent run.",
  },
  {
    printed: /unit .*masked/i,
    text: "The service is masked. Run systemctl unmask muster-agent, then try again.",
  },
  {
    printed:
      /unit .*((could )?not (be )?found|not loaded|does not exist)|could not find (specified )?service|cannot find the file/i,
    text: "The service does not exist. Install the agent again.",
  },
  {
    printed: /job for .* failed|start request repeated too quickly/i,
    text: "The service ended right after its start. Its log says why: journalctl -u muster-agent.",
  },
  {
    printed: /bootstrap failed: 5|service already (loaded|bootstrapped)/i,
    text: "launchd still has an earlier agent, or the service is disabled. Uninstall the agent, then install it again.",
  },
];

/** Why a command of the service manager failed: in plain words where its output is known, with the output in brackets. */
export function serviceManagerError(result: CommandResult): string {
  const original = outputOf(result);
  const known = EXPLANATIONS.find(({ printed }) => printed.test(original));
  return known === undefined ? original : `${known.text} (${original})`;
}

function outputOf(result: CommandResult): string {
  switch (result.kind) {
    case "exited":
      return result.stderr.trim() || result.stdout.trim() || `exit code ${result.code}`;
    case "timed-out":
      return "It did not answer in time. Try again.";
    case "not-found":
      return "The program is not installed.";
    case "too-much-output":
      return "It printed too much.";
    case "aborted":
      return "It was aborted.";
    case "failed":
      return result.reason;
  }
}
