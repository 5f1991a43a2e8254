import { z } from "zod";
import type { AlarmSeverity } from "../contracts/alarm.ts";
import type { LevelFinding, ValueCondition } from "./alarm-condition.ts";

const MAX_DURATION_S = 86_400;
const level = z.number().min(-1e16).max(1e16).nullable();

/** How a value is compared with a level. */
export const AlarmOperator = z.enum([">", ">=", "<", "<=", "==", "!="]);
export type AlarmOperator = z.infer<typeof AlarmOperator>;

/** The fields of every type that compares values with levels. */
export const levelShape = {
  /** From this value on it is a warning; null for none. */
  warning: level.default(null).meta({ label: "Warning level" }),
  /** From this value on it is critical; null for none. */
  critical: level.default(null).meta({ label: "Critical level" }),
  /**
   * The alarm ends only beyond this value; null where it ends as soon as no level is violated. The critical level is left by the same
   * distance.
   */
  clear: level.default(null).meta({
    label: "Clear level",
    hint: "The alarm ends only beyond this value. Empty: as soon as no level is violated.",
  }),
  /** How long a level must be violated, in seconds. */
  forS: z
    .number()
    .int()
    .min(0)
    .max(MAX_DURATION_S)
    .default(0)
    .meta({ label: "For (seconds)", suggested: 300 }),
  /** Percent of the values within this time that must violate the level. */
  sharePercent: z.number().int().min(1).max(100).default(100).meta({
    label: "Share of values (percent)",
    hint: "How many of the values within this time must violate the level.",
  }),
  /** How long the value must be clear before the alarm ends, in seconds. */
  clearForS: z.number().int().min(0).max(MAX_DURATION_S).default(0).meta({ label: "Clear for (seconds)" }),
};

export type LevelSettings = z.output<z.ZodObject<typeof levelShape>>;
type Issues = { path: PropertyKey; message: string }[];

/** What is wrong with levels that each is valid by itself. */
export function levelIssues(settings: LevelSettings, operator: AlarmOperator): Issues {
  const { warning, critical, clear } = settings;
  if (warning === null && critical === null) {
    return [{ path: "warning", message: "must be set, or the critical level" }];
  }
  const isOrdered = operator !== "==" && operator !== "!=";
  if (!isOrdered) {
    if (warning !== null && critical !== null) {
      return [{ path: "critical", message: `must be empty beside a warning level for ${operator}` }];
    }
    return clear === null ? [] : [{ path: "clear", message: `must be empty for ${operator}` }];
  }
  const sign = operator.startsWith(">") ? 1 : -1;
  if (warning !== null && critical !== null && (critical - warning) * sign <= 0) {
    return [{ path: "critical", message: `must be ${sign > 0 ? "above" : "below"} the warning level` }];
  }
  const lowest = warning ?? critical ?? 0;
  if (clear !== null && (lowest - clear) * sign < 0) {
    return [{ path: "clear", message: `must not be ${sign > 0 ? "above" : "below"} the other levels` }];
  }
  return [];
}

/** The part of a condition that is the same for every type that compares values. */
export function levelCondition(
  settings: LevelSettings,
  operator: AlarmOperator,
): Pick<ValueCondition, "forMs" | "share" | "clearForMs" | "violates" | "judge"> {
  const { warning, critical, clear, forS, sharePercent, clearForS } = settings;
  const levels = Object.entries({ warning, critical }).flatMap(([severity, threshold]) =>
    threshold === null ? [] : [[severity, threshold] as const],
  );
  // The same distance to every level, so that an alarm does not swing between two severities either.
  const distance = clear === null ? 0 : (levels[0]?.[1] ?? clear) - clear;
  return {
    forMs: forS * 1000,
    share: sharePercent,
    clearForMs: clearForS * 1000,
    violates: (value) => levels.some(([, threshold]) => compares(value, operator, threshold)),
    judge(value) {
      const findings: { [Severity in AlarmSeverity]?: LevelFinding } = Object.fromEntries(
        levels.map(([severity, threshold]) => {
          const violates = compares(value, operator, threshold);
          return [
            severity,
            { violates, isClear: !compares(value, operator, threshold - distance), threshold },
          ];
        }),
      );
      return findings;
    },
  };
}

function compares(value: number, operator: AlarmOperator, threshold: number): boolean {
  switch (operator) {
    case ">":
      return value > threshold;
    case ">=":
      return value >= threshold;
    case "<":
      return value < threshold;
    case "<=":
      return value <= threshold;
    case "==":
      return value === threshold;
    case "!=":
      return value !== threshold;
  }
}
