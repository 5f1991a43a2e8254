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
  const digest = createHash("sha256").update(JSON.stringify(content)).digest("hex");
  return { id: digest.slice(0, 8), ...content };
}
