import { terminalLine } from "@muster/shared/unsafe-characters.ts";
import { type AgentState, describeState } from "../../agent/state/agent-state.ts";
import { type AgentStatus, readStatus, type StatusAlarm } from "../../agent/state/agent-status.ts";
import { readPolicy } from "../../agent/state/policy-store.ts";
import { stateReaderOf } from "../../agent/state/state-files.ts";
import { readIdentity } from "../../agent/identity/device-identity.ts";
import { isSameMachine, readMachineIdentity } from "../../agent/identity/machine-identity.ts";
import { findRunningAgent } from "../../agent/state/run-lock.ts";
import { type CommandResult, done } from "../command-result.ts";
import type { Context } from "../../agent-host/context.ts";
import { describeDuration } from "../duration.ts";

const STALE_INTERVALS = 3;

/** What the agent does now, and whether it gets through. */
export async function statusCommand(context: Context): Promise<CommandResult> {
  const { platform, home, settings } = context;
  const pid = await findRunningAgent(platform.files, platform.processes, home);
  const stored = await readStatus(platform.files, home);
  const status = pid !== null && stored?.pid === pid ? stored : null;
  const state = status?.state ?? (await stateAtRest(context));
  const policy = await readPolicy(stateReaderOf(platform.files), home);
  const excluded = { here: settings.excludedMounts, byServer: policy?.excludedMounts ?? [] };
  const lines = [
    row("State", describeState(state)),
    row("Service", pid === null ? "not running" : `running (pid ${pid})`),
    ...(status ? describeReporting(status, platform.clock.wallMs()) : []),
    ...(excluded.here.length > 0
      ? [row("Excluded", `${excluded.here.join(", ")} (by the configuration)`)]
      : []),
    ...(excluded.byServer.length > 0
      ? [row("Excluded", `${excluded.byServer.join(", ")} (by the server)`)]
      : []),
    row("Home", home.root),
  ];
  const reporting = status?.reporting ?? null;
  return done(lines.join("\n"), { state, pid, home: home.root, reporting, excludedMounts: excluded });
}

async function stateAtRest({ platform, home }: Context): Promise<AgentState> {
  const stored = await readIdentity(platform.files, home);
  if (stored.kind !== "enrolled") {
    return { kind: "not-enrolled", reason: stored.kind === "unreadable" ? stored.reason : null };
  }
  const machine = await readMachineIdentity(platform.identity);
  return isSameMachine(stored.identity.machine, machine) ? { kind: "stopped" } : { kind: "copied-machine" };
}

function describeReporting({ state, writtenAtMs, reporting }: AgentStatus, nowMs: number): string[] {
  if (!reporting) return [];
  const { contact, spool } = reporting;
  const ago = (atMs: number | null) => (atMs === null ? "none yet" : `${describeDuration(nowMs - atMs)} ago`);
  return [
    row("Server", reporting.server),
    row("Device", reporting.deviceId + (reporting.organization ? ` (${reporting.organization})` : "")),
    row(
      "Last report",
      ago(contact.lastDeliveredAtMs) + (contact.problem ? `; error: ${contact.problem}` : ""),
    ),
    row("Interval", `${reporting.intervalS} s`),
    // Each sample renews what is shown here, so an old one means that the disk took no newer.
    ...(state.kind === "reporting" && nowMs - writtenAtMs > STALE_INTERVALS * reporting.intervalS * 1000
      ? [row("Written", `${ago(writtenAtMs)}; newer data could not be stored`)]
      : []),
    row(
      "Waiting",
      `${spool.samples} samples, ${Math.ceil(spool.sizeBytes / 1000)} kB; ${spool.dropped} dropped` +
        (spool.isBlocked ? "; the disk is full or not writable" : ""),
    ),
    ...(reporting.ignored?.length
      ? [row("Ignored", `${reporting.ignored.join(", ")}: the server is older than the agent`)]
      : []),
    ...(reporting.alarms ?? []).map((alarm) => row("Alarm", describeAlarm(alarm, ago))),
    ...reporting.skipped.map(({ collector, reason }) => row("Not read", `${collector}: ${reason}`)),
  ];
}

function describeAlarm(
  { severity, title, openedAtMs, takenBy }: StatusAlarm,
  ago: (atMs: number) => string,
): string {
  return `${severity}: ${title}, opened ${ago(openedAtMs)}; ${takenBy === null ? "nobody works on it yet" : `${takenBy} works on it`}`;
}

function row(name: string, value: string): string {
  return `${name.padEnd(12)} ${terminalLine(value)}`;
}
