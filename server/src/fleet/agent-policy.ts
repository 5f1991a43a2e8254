import { createHash } from "node:crypto";
import type { AgentPolicy } from "@muster/shared/contracts/report.ts";
import type { HistoryRetention } from "./history/retention.service.ts";

/** What agents of one organization follow. The id is made of the content, so that all servers name the same one alike. */
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
