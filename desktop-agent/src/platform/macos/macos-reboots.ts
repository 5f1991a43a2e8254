import { commandFailure } from "../command-failure.ts";
import { printableLine } from "../printable-text.ts";
import type { Clock, RebootPort, RebootWarningPort } from "../ports.ts";
import type { Commands, FollowCommand, RunCommand } from "../run-command.ts";
import type { RebootWarning } from "@muster/shared/contracts/local-agent.ts";

const LIMIT_MS = 15_000;
const CONSENT_LIMIT_MS = 60_000;
const SETTLED_MS = 5_000;
const MAX_MESSAGE = 500;
const SHUTDOWN = "/sbin/shutdown";
const RESTART = 'tell application "System Events" to restart';

type Taken = Awaited<ReturnType<RebootPort["schedule"]>>;

/**
 * Restarts by `shutdown`, which counts down as a process of its own; to end that process is the only way to call it off. An agent of a
 * user can only ask System Events, immediately and with the user's consent.
 * @param ownUid the account that the agent runs as.
 */
export function createMacosReboots({ run, follow }: Commands, clock: Clock, ownUid: number): RebootPort {
  const countdowns = async () => {
    const processes = await run("/bin/ps", ["-axo", "pid=,args="], { timeoutMs: LIMIT_MS });
    return processes.kind === "exited" && processes.code === 0 ? parseCountdowns(processes.stdout) : null;
  };
  const countDown = async (delayMinutes: number, text: string): Promise<Taken> => {
    const when = delayMinutes === 0 ? "now" : `+${delayMinutes}`;
    // What follows the time is text, also when it begins with a hyphen.
    const reason = await startShutdown(follow, clock, ["-r", when, ...(text === "" ? [] : [text])]);
    if (reason !== null) return { kind: "failed", reason };
    const isCounting = delayMinutes === 0 || (await countdowns())?.length !== 0;
    return isCounting
      ? { kind: "scheduled" }
      : { kind: "failed", reason: "The shutdown command did not start its countdown." };
  };
  const askSystemEvents = async (delayMinutes: number): Promise<Taken> => {
    if (delayMinutes > 0) return { kind: "failed", reason: "Only root can schedule a restart with a delay." };
    const asked = await run("/usr/bin/osascript", ["-e", RESTART], { timeoutMs: CONSENT_LIMIT_MS });
    const reason = commandFailure(asked);
    return reason === null ? { kind: "scheduled" } : { kind: "failed", reason };
  };

  return {
    // Only an attempt shows whether the system accepts it.
    obstacle: async () => null,

    async schedule({ delayMinutes, message }) {
      const running = await countdowns();
      if (running !== null && running.length > 0) return { kind: "already-scheduled" };
      return ownUid === 0
        ? countDown(delayMinutes, printableLine(message, MAX_MESSAGE))
        : askSystemEvents(delayMinutes);
    },
    async cancel() {
      const running = await countdowns();
      if (running === null) return { kind: "failed", reason: "The processes cannot be listed." };
      if (running.length === 0) return { kind: "none-scheduled" };
      const reason = commandFailure(await run("/bin/kill", ["-TERM", ...running], { timeoutMs: LIMIT_MS }));
      return reason === null ? { kind: "cancelled" } : { kind: "failed", reason };
    },
  };
}

// The countdown keeps the output of the command that began it, so to wait for the end of that output is to wait for the restart.
function startShutdown(follow: FollowCommand, clock: Clock, args: string[]): Promise<string | null> {
  const { promise, resolve } = Promise.withResolvers<string | null>();
  follow(SHUTDOWN, args, {
    onLine: () => undefined,
    onEnd: (reason) => resolve(reason.endsWith(" ended with 0") ? null : reason),
  });
  const stopTimer = clock.after(SETTLED_MS, () => resolve(null));
  return promise.finally(stopTimer);
}

/** The process numbers of `shutdown` in `ps -axo pid=,args=`. */
function parseCountdowns(text: string): string[] {
  return [...text.matchAll(/^\s*(\d+)\s+(?:\/sbin\/)?shutdown(?:\s|$)/gm)].flatMap((match) => match[1] ?? []);
}

const WARNING_LIMIT_MS = 5_000;
// Not the daemons beside them (softwareupdated, installd), which always run.
const INSTALLING = /^(?:\S*\/)?(?:softwareupdate|installer)$/m;

/** FileVault asks for a password before macOS starts; `softwareupdate` and `installer` are at work as long as they run. */
export function createMacosRebootWarnings(run: RunCommand): RebootWarningPort {
  const readOutput = async (file: string, args: readonly string[], signal: AbortSignal) => {
    const result = await run(file, args, { timeoutMs: WARNING_LIMIT_MS, signal });
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
