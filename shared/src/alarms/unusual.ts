import { z } from "zod";
import { METRIC_NAMES } from "../contracts/metric-table.ts";
import { defineAlarmType } from "./define-alarm-type.ts";
import { severityField } from "./fact-settings.ts";

const MAX_DURATION_S = 86_400;
/** The value is clear when it is this much closer to what is usual than the factor. */
const CLEAR_SHARE = 0.75;

export const unusual = defineAlarmType({
  type: "unusual",
  label: "Unusual value",
  description:
    "Opens an alarm when a metric differs from what this device usually has at this time of the week, learned from the last four weeks.",
  settings: z.strictObject({
    metric: z.enum(METRIC_NAMES).meta({ label: "Metric" }),
    direction: z
      .enum(["above", "below", "both"])
      .default("above")
      .meta({
        label: "Direction",
        choices: { above: "Unusually high", below: "Unusually low", both: "Both" },
      }),
    /** How many times the usual spread a value must be away from the usual value. */
    factor: z.number().min(3).max(100).default(8).meta({
      label: "Factor",
      hint: "How many times the usual spread the value must be away from the usual value. Larger: fewer alarms.",
    }),
    severity: severityField("warning"),
    /** How long the value must be unusual, in seconds. */
    forS: z.number().int().min(0).max(MAX_DURATION_S).default(1_800).meta({ label: "For (seconds)" }),
  }),
  condition: ({ metric, direction, factor, severity, forS }) => {
    const distanceOf = (deviation: number) =>
      direction === "both" ? Math.abs(deviation) : direction === "above" ? deviation : -deviation;
    return {
      watches: "history",
      subject: metric,
      instances: [],
      forMs: forS * 1000,
      clearForMs: 0,
      judge: (deviation) => ({
        [severity]: {
          violates: distanceOf(deviation) > factor,
          isClear: distanceOf(deviation) <= factor * CLEAR_SHARE,
        },
      }),
      basis: { kind: "unusual", metric, factor },
    };
  },
});
