import { join } from "node:path";
import { createCollectorRegistry } from "../../agent/collecting/collector-registry.ts";
import { readIdentity, type StoredIdentity } from "../../agent/identity/device-identity.ts";
import { messageOf } from "../../agent/log.ts";
import { isSameMachine, readMachineIdentity } from "../../agent/identity/machine-identity.ts";
import { findRunningAgent } from "../../agent/state/run-lock.ts";
import { probeServer } from "../../transport/probe-server.ts";
import type { ServerAddress } from "../../transport/server-address.ts";
import { type CommandResult, done, failed } from "../command-result.ts";
import type { Context } from "../../agent-host/context.ts";
import { describeDuration } from "../duration.ts";

type Check = { name: string; verdict: "good" | "notice" | "bad"; finding: string; cause?: string };

/** The server corrects smaller differences; beyond this the clock should be set. */
const CLOCK_TOLERANCE_MS = 120_000;

/** Checks everything that reporting needs. Fails when something is bad. */
export async function doctorCommand(context: Context): Promise<CommandResult> {
  const stored = await readIdentity(context.platform.files, context.home);
  const checks = [
    await checkHome(context),
    await checkIdentity(context, stored),
    ...(stored.kind === "enrolled" ? await checkServer(context, stored.identity.server) : []),
    await checkService(context),
    await checkCollectors(context),
  ];
  const text = checks.map(
    ({ name, verdict, finding }) => `${verdict.padEnd(7)} ${name.padEnd(12)} ${finding}`,
  );
  const bad = checks.filter(({ verdict }) => verdict === "bad");
  if (bad.length === 0) return done(text.join("\n"), { checks });
  const causes = bad.flatMap(({ cause }) => (cause === undefined ? [] : [cause]));
  return failed(
    "failed",
    bad.map(({ name, finding }) => `${name}: ${finding}`).join("; "),
    causes.length > 0 ? causes.join("; ") : undefined,
  );
}

async function checkHome({ platform, home }: Context): Promise<Check> {
  const name = "home";
  const probe = join(home.root, "doctor.tmp");
  try {
    await platform.files.makeFolder(home.root);
    await platform.files.replace(probe, "x", { sync: true });
    await platform.files.remove(probe);
    return { name, verdict: "good", finding: home.root };
  } catch (error) {
    return { name, verdict: "bad", finding: `${home.root} cannot be written: ${messageOf(error)}` };
  }
}

async function checkIdentity({ platform }: Context, stored: StoredIdentity): Promise<Check> {
  const name = "identity";
  if (stored.kind === "absent")
    return { name, verdict: "bad", finding: "This machine is not enrolled. Run muster-agent enrol." };
  if (stored.kind === "unreadable") return { name, verdict: "bad", finding: stored.reason };
  try {
    const machine = await readMachineIdentity(platform.identity);
    return isSameMachine(stored.identity.machine, machine)
      ? { name, verdict: "good", finding: `enrolled as ${stored.identity.deviceId}` }
      : {
          name,
          verdict: "bad",
          finding: "This machine is a copy of an enrolled one. Run muster-agent enrol.",
        };
  } catch (error) {
    return { name, verdict: "bad", finding: `This machine cannot be identified: ${messageOf(error)}` };
  }
}

async function checkServer({ platform, proxyFor }: Context, server: ServerAddress): Promise<Check[]> {
  const name = "server";
  const probe = await probeServer(server, () => platform.clock.wallMs(), undefined, proxyFor);
  if (probe.kind === "failed")
    return [{ name, verdict: "bad", finding: `${server.url}: ${probe.reason}`, cause: probe.cause }];
  const isWell = probe.status === 200;
  const reached: Check = {
    name,
    verdict: isWell ? "good" : "bad",
    finding: `${server.url} answers${isWell ? "" : ` with ${probe.status}`}`,
  };
  if (probe.clockAheadMs === null) return [reached];
  const isClose = Math.abs(probe.clockAheadMs) < CLOCK_TOLERANCE_MS;
  const direction = probe.clockAheadMs > 0 ? "ahead of" : "behind";
  const finding = isClose
    ? "agrees with the server's"
    : `${describeDuration(Math.abs(probe.clockAheadMs))} ${direction} the server's; reports are corrected`;
  return [reached, { name: "clock", verdict: isClose ? "good" : "notice", finding }];
}

async function checkService({ platform, home }: Context): Promise<Check> {
  const pid = await findRunningAgent(platform.files, platform.processes, home);
  const finding = pid === null ? "not running" : `running (pid ${pid})`;
  return { name: "service", verdict: pid === null ? "notice" : "good", finding };
}

async function checkCollectors({ platform, collectors, agent }: Context): Promise<Check> {
  const registry = createCollectorRegistry({ collectors, clock: platform.clock, agent });
  await registry.sample();
  const { facts } = await registry.sample();
  const skipped = facts.skipped ?? [];
  const finding = skipped.map(({ collector, reason }) => `${collector}: ${reason}`).join("; ");
  return {
    name: "collectors",
    verdict: skipped.length === 0 ? "good" : "notice",
    finding: finding || "every metric can be read",
  };
}
