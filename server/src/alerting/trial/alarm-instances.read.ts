import type { AlarmInstances } from "@muster/shared/contracts/alarm-rule-trial.ts";
import type { InstanceKind } from "@muster/shared/contracts/metric-table.ts";
import { readInstanceNames } from "../../fleet/index.ts";
import type { Read } from "../../platform/read-threads/read.ts";

const MAX_NAMES = 500;

/** The names of instances in an organization, the most frequent first. */
export const alarmInstancesRead: Read<{ orgId: string; kind: InstanceKind }, AlarmInstances> = {
  name: "alarm-rules.instances",
  open:
    ({ read }) =>
    async ({ orgId, kind }) => ({ items: await readInstanceNames(read, orgId, kind, MAX_NAMES) }),
};
