import { z } from "zod";
import { MAX_INSTANCE_NAME_LENGTH } from "../contracts/metric-table.ts";
import { line } from "../contracts/text.ts";
import { defineAlarmType } from "./define-alarm-type.ts";
import { levelCondition, levelIssues } from "./level-settings.ts";

const MAX_PATTERNS = 20;
const MAX_DAYS = 365;
/** Forecasts are made once an hour: one that holds for two looks is not the doing of one hour. */
const FOR_S = 3_600;
/** The alarm ends when the end is this much farther away than the level. */
const CLEAR_FACTOR = 1.25;
const days = z.number().min(0.5).max(MAX_DAYS).nullable();

export const diskFull = defineAlarmType({
  type: "disk-full",
  label: "Time until a disk is full",
  description:
    "Opens an alarm when a file system will be full within some days if it goes on filling as it does. Disks that fill and empty in a cycle, and single large copies, open none.",
  settings: z
    .strictObject({
      /** Mount points; `*` stands for any text. Empty for all of them. */
      instances: z.array(line(MAX_INSTANCE_NAME_LENGTH)).max(MAX_PATTERNS).default([]).meta({
        label: "File systems",
        hint: "Mount points, in which * stands for any text. Empty: all of them.",
      }),
      /** From this number of days on it is a warning; null for none. */
      warning: days.default(14).meta({ label: "Warning (days)" }),
      /** From this number of days on it is critical; null for none. */
      critical: days.default(3).meta({ label: "Critical (days)" }),
      /** Days of history that a forecast needs. */
      historyDays: z.number().int().min(7).max(28).default(10).meta({
        label: "Minimum history (days)",
        hint: "There is no forecast for a file system with less history.",
      }),
    })
    .check(({ value, issues }) => {
      for (const { path, message } of levelIssues({ ...value, ...TIMING }, "<=")) {
        issues.push({ code: "custom", input: value, path: [path], message });
      }
    }),
  condition: ({ instances, historyDays, warning, critical }) => {
    const mildest = warning ?? critical ?? 0;
    const levels = { ...TIMING, warning, critical, clear: mildest * CLEAR_FACTOR };
    const { forMs, clearForMs, judge } = levelCondition(levels, "<=");
    return {
      watches: "history",
      subject: "",
      instances,
      forMs,
      clearForMs,
      judge,
      basis: { kind: "disk-full", historyDays },
    };
  },
});

const TIMING = { clear: null, forS: FOR_S, sharePercent: 100, clearForS: FOR_S };
