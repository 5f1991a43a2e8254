import { createHash } from "node:crypto";
import type { AgentPolicy } from "@muster/shared/contracts/report.ts";
import type { HistoryRetention } from "./history/retention.service.ts";

/** The policy of the agents of one organization. The id is a digest of the content, so all servers use the same one. */
export function agentPolicy(
  longestPauseS: number | null,
  { rawDays, fiveMinuteDays, hourDays }: HistoryRetention,
): AgentPolicy {
  const content = {
    longestPauseS,
    keptDays: { samples: rawDays, fiveMinutes: fiveMinuteDays, hours: hourDays },
  };
  return { id: idOf(content), ...content };
}

/** The policy of the agent of one device, of whose file systems members excluded some. */
export function devicePolicy(policy: AgentPolicy, excludedMounts: readonly string[]): AgentPolicy {
  if (excludedMounts.length === 0) return policy;
  const content = { ...policy, excludedMounts: excludedMounts.toSorted() };
  return { ...content, id: idOf(content) };
}

function idOf(content: object): string {
  return createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 8);
}
