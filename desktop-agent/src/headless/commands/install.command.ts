import type { Context } from "../../agent-host/context.ts";
import { leaveServer } from "../../agent-host/leave-server.ts";
import { readIdentity } from "../../agent/identity/device-identity.ts";
import { messageOf } from "../../agent/log.ts";
import { readStatus } from "../../agent/state/agent-status.ts";
import type { Clock } from "../../platform/ports.ts";
import type { InstallationPort, ServiceStart } from "../../platform/ports/installation-port.ts";
import { type CommandResult, done, failed } from "../command-result.ts";
import { enrolCommand, type EnrolOptions } from "./enrolment.command.ts";

export type InstallOptions = Omit<EnrolOptions, "force"> & {
  interval?: string;
  dir?: string;
  /** Where a first enrolment is not wanted: an image, or one that follows by its configuration. */
  enrol?: boolean;
};

type InstallDeps = {
  installation: InstallationPort;
  readStdin: () => Promise<string>;
  note: (line: string) => void;
};

/** The first report follows the start within seconds; a busy machine gets longer. */
const FIRST_REPORT_LIMIT_MS = 30_000;
const FIRST_REPORT_CHECK_MS = 250;
/** Reaches unit files and command lines, where other characters would need quoting. */
const SAFE_FOLDER = /^(\/|[A-Za-z]:\\)[A-Za-z0-9 /\\._()-]*$/;

/**
 * Makes this program the service of the machine: files, enrolment, start. Repeated, it upgrades. A first installation whose enrolment fails
 * leaves nothing behind.
 */
export async function installCommand(
  context: Context,
  options: InstallOptions,
  deps: InstallDeps,
): Promise<CommandResult> {
  const { installation, note } = deps;
  const { interval, dir = null } = options;
  if (interval !== undefined && !/^\d{1,5}$/.test(interval)) {
    return failed("usage", "--interval must be a number of seconds.");
  }
  if (dir !== null && !SAFE_FOLDER.test(dir)) {
    return failed("usage", "--dir must be a full path of letters, digits, spaces and the characters ._-().");
  }
  const obstacle = await installation.obstacle();
  if (obstacle !== null) return failed("failed", obstacle);
  const wasInstalled = await installation.isInstalled();
  try {
    const isNewConfig = await installation.prepareHome(configText(interval));
    if (!isNewConfig && interval !== undefined)
      note("The configuration exists and was not changed. Set the interval there.");
    const enrolled = await enrolOnce(context, options, deps);
    if (enrolled?.kind === "failed") {
      // An answer that got lost may have used the token: the key that waits here gets the same device next time.
      if (!wasInstalled && enrolled.exit !== "unreached") await installation.remove();
      return enrolled;
    }
    await installation.putProgram(dir);
    return await describeStart(context, await installation.start(), enrolled?.text ?? null);
  } catch (error) {
    return failed("failed", `The agent was not installed: ${messageOf(error)}`);
  }
}

/** The result of an enrolment; null when the machine is enrolled already, or is not to be. */
async function enrolOnce(
  context: Context,
  options: InstallOptions,
  { readStdin, note }: InstallDeps,
): Promise<CommandResult | null> {
  const stored = await readIdentity(context.platform.files, context.home);
  if (stored.kind === "enrolled") {
    note(`This machine is already enrolled at ${stored.identity.server.url}.`);
    return null;
  }
  if (options.enrol === false) return null;
  return enrolCommand(context, options, readStdin, note);
}

async function describeStart(
  context: Context,
  start: ServiceStart,
  enrolled: string | null,
): Promise<CommandResult> {
  if (start.kind === "failed") return failed("failed", start.reason);
  const hasReported = enrolled !== null && (await waitForReport(context));
  const lines = [
    ...(enrolled === null ? [] : [enrolled]),
    start.kind === "started"
      ? `The agent is installed and started by ${start.manager}, also at boot.`
      : `The agent is installed. ${start.advice}`,
    ...(hasReported ? ["The server has its first report."] : []),
  ];
  return done(lines.join("\n"), { installed: true, start, enrolled: enrolled !== null, hasReported });
}

async function waitForReport({ platform, home }: Context): Promise<boolean> {
  const { clock, files } = platform;
  const untilMs = clock.monotonicMs() + FIRST_REPORT_LIMIT_MS;
  while (clock.monotonicMs() < untilMs) {
    const status = await readStatus(files, home);
    if ((status?.reporting?.contact.lastDeliveredAtMs ?? null) !== null) return true;
    await elapsed(clock, FIRST_REPORT_CHECK_MS);
  }
  return false;
}

const elapsed = (clock: Clock, delayMs: number) =>
  new Promise<void>((resolve) => void clock.after(delayMs, resolve));

function configText(interval: string | undefined): string {
  return interval === undefined ? "{}\n" : `{"interval": ${Number(interval)}}\n`;
}

/** Ends the service, informs the server and removes every file. The server keeps the device's history. */
export async function uninstallCommand(
  context: Context,
  { installation, note }: Pick<InstallDeps, "installation" | "note">,
): Promise<CommandResult> {
  const obstacle = await installation.obstacle();
  if (obstacle !== null) return failed("failed", obstacle);
  if (!(await installation.isInstalled())) return failed("failed", "The agent is not installed here.");
  try {
    await installation.stop();
    const left = await leaveServer(context, { force: true });
    if (left.kind === "left" && !left.isServerInformed)
      note("The server was not informed, because it was not reached.");
    const kept = await installation.remove();
    for (const folder of kept) note(`${folder} contains other files and was not removed.`);
    const isServerInformed = left.kind === "left" && left.isServerInformed;
    const text = isServerInformed
      ? "Muster's agent was removed. The server keeps the history."
      : "Muster's agent was removed.";
    return done(text, { removed: true, kept, serverKnows: isServerInformed });
  } catch (error) {
    return failed("failed", `The agent was not removed completely: ${messageOf(error)}`);
  }
}
