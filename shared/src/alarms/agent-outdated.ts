import { z } from "zod";
import { defineAlarmType } from "./define-alarm-type.ts";
import { lastingField, severityField } from "./fact-settings.ts";

export const agentOutdated = defineAlarmType({
  type: "agent-outdated",
  label: "Agent outdated",
  description: "Opens an alarm when an agent has been older than the server for some time.",
  settings: z.strictObject({
    severity: severityField("info"),
    forS: lastingField(14 * 86_400),
  }),
  condition: ({ severity, forS }) => ({
    watches: "device",
    severity,
    forMs: forS * 1000,
    holds: ({ agentVersion, serverVersion }) =>
      agentVersion !== null && isOlderVersion(agentVersion, serverVersion),
    textOf: ({ agentVersion }) => agentVersion,
  }),
});

/** Whether a version is older than another one, each such as `1.4.0` or `1.4.0-rc.1`. False for what is no version. */
export function isOlderVersion(version: string, than: string): boolean {
  const [one, other] = [partsOf(version), partsOf(than)];
  if (!one || !other) return false;
  const difference = [0, 1, 2].map((index) => (one.numbers[index] ?? 0) - (other.numbers[index] ?? 0));
  const first = difference.find((value) => value !== 0) ?? 0;
  return first < 0 || (first === 0 && one.isPrerelease && !other.isPrerelease);
}

function partsOf(version: string): { numbers: number[]; isPrerelease: boolean } | null {
  const found = /^v?(\d{1,9})\.(\d{1,9})(?:\.(\d{1,9}))?(-)?/.exec(version);
  if (!found) return null;
  return { numbers: found.slice(1, 4).map((part) => Number(part ?? 0)), isPrerelease: found[4] === "-" };
}
