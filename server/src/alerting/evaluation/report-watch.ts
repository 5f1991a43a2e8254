import type { ReportWatch } from "../../fleet/index.ts";
import type { Logger } from "../../platform/logging/logger.ts";
import type { RuleSets } from "../rules/rule-sets.ts";
import { evaluateReport } from "./evaluate-report.ts";

/** The first stage: compares each live report with the rules in memory. It reads nothing. */
export function createReportWatch({
  ruleSets,
  log,
}: {
  ruleSets: Pick<RuleSets, "current">;
  log: Logger;
}): ReportWatch {
  return (report) => {
    const rules = ruleSets.current(report.orgId);
    const unchanged = { state: report.state, signals: [] };
    if (!rules) return unchanged;
    try {
      return evaluateReport(rules, report);
    } catch (error) {
      // The report itself is worth more than what alarms make of it, and the next one is evaluated again.
      log.error(
        { err: error, deviceId: report.deviceId },
        "A report could not be compared with the alarm rules",
      );
      return unchanged;
    }
  };
}
