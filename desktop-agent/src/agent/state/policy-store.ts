import type { AgentPolicy } from "@muster/shared/contracts/report.ts";
import type { FilePort } from "../../platform/ports.ts";
import type { AgentHome } from "./agent-home.ts";
import type { ReadState } from "./state-files.ts";

/** An older agent left out what it did not know: no policy has this id, so the server sends the whole policy again. */
const UNKNOWN_POLICY_ID = "00000000";

/** The organization's policy as the server last sent it, null before. A damaged file is ignored: the server sends it again. */
export async function readPolicy(readState: ReadState, home: AgentHome): Promise<AgentPolicy | null> {
  const policy = await readState<AgentPolicy>(
    home.policy,
    ({ id, longestPauseS, keptDays, excludedMounts = [] }) =>
      typeof id === "string" &&
      (longestPauseS === null || Number.isFinite(longestPauseS)) &&
      Object.values(keptDays).every(Number.isFinite) &&
      excludedMounts.every((mount) => typeof mount === "string"),
  );
  return policy && (policy.excludedMounts === undefined ? { ...policy, id: UNKNOWN_POLICY_ID } : policy);
}

export async function writePolicy(files: FilePort, home: AgentHome, policy: AgentPolicy): Promise<void> {
  await files.replace(home.policy, JSON.stringify({ excludedMounts: [], ...policy }), { sync: true });
}

/** Longer than any organization can set it. */
const MAX_PAUSE_S = 366 * 86_400;

/** Longest pause that a policy allows, in whole milliseconds: Infinity for no limit, 0 for none at all. */
export function maxPauseMs(policy: AgentPolicy | null): number {
  if (policy === null || policy.longestPauseS === null) return Infinity;
  return Math.min(policy.longestPauseS, MAX_PAUSE_S) * 1000;
}
