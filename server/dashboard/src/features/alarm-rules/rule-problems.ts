import { ALARM_TYPES } from "@muster/shared/alarms/catalog.ts";
import type { z } from "zod";
import { type RuleForm, settingsOf, typeOf } from "./rule-form.ts";

export type ProblemKind =
  | "required"
  | "number"
  | "whole"
  | "too-small"
  | "too-big"
  | "too-long"
  | "too-many"
  | "refused"
  | "level-missing"
  | "level-both"
  | "level-clear"
  | "critical-above"
  | "critical-below"
  | "clear-above"
  | "clear-below"
  | "instances"
  | "scope"
  | "days"
  | "hours";
export type RuleProblem = { kind: ProblemKind; limit: number };

const MAX_COOLDOWN_S = 86_400;

/** What is wrong with a form, by the path of its field. The server checks the same and more. */
export function problemsOf(form: RuleForm): Map<string, RuleProblem> {
  const problems = new Map<string, RuleProblem>();
  const settings = settingsOf(form);
  const parsed = ALARM_TYPES[typeOf(form)].settings.safeParse(settings);
  for (const issue of parsed.error?.issues ?? []) {
    const name = String(issue.path[0] ?? "");
    const path = `settings.${name}`;
    const isMissing = settings[name] === undefined && issue.code !== "custom";
    if (problems.has(path)) continue;
    problems.set(path, isMissing ? { kind: "required", limit: 0 } : problemOf(issue));
  }
  if (form.scope.kind !== "organization" && form.scope.value.trim() === "") {
    problems.set("scope", { kind: "scope", limit: 0 });
  }
  const cooldownS = Number(form.cooldownS);
  if (!Number.isInteger(cooldownS)) problems.set("cooldownS", { kind: "whole", limit: 0 });
  else if (cooldownS > MAX_COOLDOWN_S) problems.set("cooldownS", { kind: "too-big", limit: MAX_COOLDOWN_S });
  const { activeHours } = form;
  if (activeHours?.ranges.length === 0) problems.set("activeHours", { kind: "hours", limit: 0 });
  else if (activeHours?.ranges.some(({ days }) => days.length === 0)) {
    problems.set("activeHours", { kind: "days", limit: 0 });
  }
  return problems;
}

function problemOf(issue: z.core.$ZodIssue): RuleProblem {
  switch (issue.code) {
    case "invalid_type":
      return { kind: issue.expected === "int" ? "whole" : "number", limit: 0 };
    case "too_small":
      return { kind: "too-small", limit: Number(issue.minimum) };
    case "too_big": {
      const kinds: Partial<Record<string, ProblemKind>> = { string: "too-long", array: "too-many" };
      return { kind: kinds[issue.origin] ?? "too-big", limit: Number(issue.maximum) };
    }
    case "custom":
      return { kind: levelProblem(issue), limit: 0 };
    default:
      return { kind: "refused", limit: 0 };
  }
}

/** The catalog says in English what is wrong with levels that each are valid by themselves. */
const LEVEL_PROBLEMS: readonly [field: string, text: string, kind: ProblemKind][] = [
  ["warning", "must be set", "level-missing"],
  ["critical", "must be empty", "level-both"],
  ["clear", "must be empty", "level-clear"],
  ["critical", "must be above", "critical-above"],
  ["critical", "must be below", "critical-below"],
  ["clear", "must not be above", "clear-above"],
  ["clear", "must not be below", "clear-below"],
  ["instances", "must be empty", "instances"],
];

function levelProblem({ path, message }: z.core.$ZodIssue): ProblemKind {
  const known = LEVEL_PROBLEMS.find(([field, text]) => path[0] === field && message.startsWith(text));
  return known?.[2] ?? "refused";
}
