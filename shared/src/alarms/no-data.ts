import { z } from "zod";
import { METRIC_NAMES } from "../contracts/metric-table.ts";
import { defineAlarmType } from "./define-alarm-type.ts";
import { lastingField, severityField } from "./fact-settings.ts";

const MISSING = 1;
const PRESENT = 0;

export const noData = defineAlarmType({
  type: "no-data",
  label: "No data",
  description:
    "Opens an alarm when a metric is missing from the reports of a device. Choose only devices that can measure it.",
  settings: z.strictObject({
    metric: z.enum(METRIC_NAMES).meta({ label: "Metric" }),
    severity: severityField("warning"),
    forS: lastingField(1_800),
  }),
  condition: ({ metric, severity, forS }) => ({
    watches: "values",
    subject: metric,
    instances: [],
    forMs: forS * 1000,
    share: 100,
    clearForMs: 0,
    showsValue: false,
    // A report without samples says nothing about its metrics.
    read: ({ sample }) =>
      sample === undefined ? [] : [[null, sample[metric] === undefined ? MISSING : PRESENT]],
    violates: (value) => value === MISSING,
    judge: (value) => ({ [severity]: { violates: value === MISSING, isClear: value === PRESENT } }),
  }),
});
