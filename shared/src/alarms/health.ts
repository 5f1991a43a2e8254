import { z } from "zod";
import { defineAlarmType } from "./define-alarm-type.ts";
import { levelCondition, levelIssues, levelShape } from "./level-settings.ts";

export const health = defineAlarmType({
  type: "health",
  label: "Health score",
  description: "Opens an alarm when the health score is below a level for some time.",
  settings: z.strictObject(levelShape).check(({ value, issues }) => {
    for (const { path, message } of levelIssues(value, "<")) {
      issues.push({ code: "custom", input: value, path: [path], message });
    }
  }),
  condition: (settings) => ({
    watches: "values",
    subject: "",
    instances: [],
    ...levelCondition(settings, "<"),
    // The last known score of a device whose metrics are missing says nothing about now.
    read: ({ sample, score }) => (score === null || sample === undefined ? [] : [[null, score]]),
  }),
});
