import { type ReportedAlarm, ReportedAlarms } from "@muster/shared/contracts/reported-alarm.ts";
import type { DashboardWorld } from "./dashboard-world.ts";

/** Opens, repeats or ends an alarm from outside; its key is its text. Returns its id. */
export async function reportAlarm(
  { url, key }: Pick<DashboardWorld, "url" | "key">,
  alarm: Partial<ReportedAlarm> & Pick<ReportedAlarm, "text">,
): Promise<string> {
  const answer = await fetch(`${url}/api/v1/alarms`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
    body: JSON.stringify({ key: alarm.text, ...alarm }),
  });
  const [reported] = ReportedAlarms.parse(await answer.json()).alarms;
  if (!reported) throw new Error("The server reported no alarm.");
  return reported.id;
}
