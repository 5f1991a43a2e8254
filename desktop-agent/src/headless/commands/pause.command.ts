import { endOf, makePause, writePause } from "../../agent/state/pause-store.ts";
import { maxPauseMs, readPolicy } from "../../agent/state/policy-store.ts";
import { stateReaderOf } from "../../agent/state/state-files.ts";
import { findRunningAgent } from "../../agent/state/run-lock.ts";
import { type CommandResult, done, failed } from "../command-result.ts";
import type { Context } from "../../agent-host/context.ts";
import { parseDuration } from "../duration.ts";

/**
 * Stops collection; a running agent follows immediately and only sends heartbeats. Cut to what the organization allows, and refused
 * where it allows none.
 */
export async function pauseCommand(
  context: Pick<Context, "platform" | "home">,
  options: { for?: string },
): Promise<CommandResult> {
  const { platform, home } = context;
  const forMs = options.for === undefined ? null : parseDuration(options.for);
  if (options.for !== undefined && forMs === null) {
    return failed("usage", "--for takes a number and s, m, h or d, up to 30 days: 30m");
  }
  await platform.files.makeFolder(home.root);
  const longestMs = maxPauseMs(await readPolicy(stateReaderOf(platform.files), home));
  if (longestMs === 0) return failed("refused", "The organization does not allow this agent to be paused.");
  const isCut = (forMs ?? Infinity) > longestMs;
  const pause = makePause(isCut ? longestMs : forMs, await platform.identity.bootId(), platform.clock);
  await writePause(platform.files, home, pause);
  const endMs = endOf(pause, longestMs);
  const until = endMs === null ? null : new Date(endMs).toISOString();
  const cut = isCut ? " This is the maximum pause of the organization." : "";
  return done(until === null ? "Paused until resumed." : `Paused until ${until}.${cut}`, {
    paused: { until },
    ...(isCut ? { isCut } : {}),
    ...(await running(context)),
  });
}

/** Ends a pause; a running agent reports immediately. */
export async function resumeCommand(context: Pick<Context, "platform" | "home">): Promise<CommandResult> {
  await writePause(context.platform.files, context.home, null);
  return done("Resumed.", { paused: null, ...(await running(context)) });
}

async function running({
  platform,
  home,
}: Pick<Context, "platform" | "home">): Promise<{ isRunning: boolean }> {
  return { isRunning: (await findRunningAgent(platform.files, platform.processes, home)) !== null };
}
