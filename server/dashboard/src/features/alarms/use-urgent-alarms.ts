import { useQuery } from "@tanstack/react-query";
import { queries } from "../../api/queries.ts";

/** Open alarms that nobody has acknowledged, without those that only inform: how many, and the worst severity among them. */
export function useUrgentAlarms(): { count: number; worst: "critical" | "warning" } {
  const { data } = useQuery(queries.alarmSummary({ state: "open", acknowledged: false }));
  const { critical = 0, warning = 0 } = data ?? {};
  return { count: critical + warning, worst: critical > 0 ? "critical" : "warning" };
}
