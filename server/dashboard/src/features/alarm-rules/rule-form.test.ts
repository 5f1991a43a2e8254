import { describe, expect, it } from "vitest";
import { ruleFieldsOf } from "./rule-field.ts";
import {
  formOf,
  initialSettings,
  newForm,
  type RuleForm,
  settingsOf,
  toChange,
  toNewRule,
} from "./rule-form.ts";
import { problemsOf } from "./rule-problems.ts";
import { TYPES } from "./rule-texts.ts";

const form = (settings: RuleForm["settings"], more: Partial<RuleForm> = {}): RuleForm => {
  const fresh = newForm("metric");
  return { ...fresh, ...more, settings: { ...fresh.settings, ...settings } };
};
const kindsOf = (entered: RuleForm) =>
  [...problemsOf(entered)].map(([path, { kind }]) => `${path} ${kind}`).toSorted();

describe("the form of a rule", () => {
  it("has a field for each setting of every type", () => {
    for (const type of TYPES) expect(ruleFieldsOf(type, {}).length, type).toBeGreaterThan(0);
  });

  it("takes sizes in gigabytes, and decimals with a comma", () => {
    const settings = settingsOf(form({ metric: "diskFree", operator: "<", warning: "1,1" }));
    expect(settings).toMatchObject({ warning: 1.1e9, critical: null, clear: null, forS: 300 });
  });

  it("shows a rule as it was entered, and changes nothing that was not touched", () => {
    const entered = form({ metric: "diskFree", operator: "<", warning: "1.1", instances: [] });
    const rule = {
      ...toNewRule(entered, "Free space"),
      id: "a",
      position: 1,
      createdAt: "",
      version: 1,
      updatedAt: "",
      updatedBy: null,
    };
    const shown = formOf(rule);
    expect(shown).toEqual({ ...entered, name: "Free space" });
    expect(toChange(shown, rule, "")).toEqual({});
    expect(toChange({ ...shown, cooldownS: "60" }, rule, "")).toEqual({ cooldownS: 60 });
  });

  it("is named after its condition where it has no name", () => {
    expect(toNewRule(form({}, { name: " " }), "CPU above 90 %").name).toBe("CPU above 90 %");
  });

  it("keeps what another type calls by the same name", () => {
    const kept = initialSettings("health", { warning: "60", forS: "600", metric: "cpu" });
    expect(kept).toMatchObject({ warning: "60", forS: "600" });
    expect(kept).not.toHaveProperty("metric");
  });

  it.each<[string, RuleForm, string[]]>([
    ["no level", form({}), ["settings.warning level-missing"]],
    ["no number", form({ warning: "much" }), ["settings.warning number"]],
    ["levels the wrong way", form({ warning: "90", critical: "80" }), ["settings.critical critical-above"]],
    [
      "levels of a low value",
      form({ operator: "<", warning: "10", critical: "20" }),
      ["settings.critical critical-below"],
    ],
    ["a clear level above", form({ warning: "90", clear: "95" }), ["settings.clear clear-above"]],
    [
      "a clear level below",
      form({ operator: "<", warning: "9", clear: "5" }),
      ["settings.clear clear-below"],
    ],
    [
      "two levels of equality",
      form({ operator: "==", warning: "1", critical: "2" }),
      ["settings.critical level-both"],
    ],
    [
      "a clear level of equality",
      form({ operator: "==", warning: "1", clear: "2" }),
      ["settings.clear level-clear"],
    ],
    [
      "a name for the whole device",
      form({ warning: "1", instances: ["/"] }),
      ["settings.instances instances"],
    ],
    ["a duration in parts", form({ warning: "1", forS: "1.5" }), ["settings.forS whole"]],
    ["a long duration", form({ warning: "1", forS: "90000" }), ["settings.forS too-big"]],
    ["no duration", form({ warning: "1", sharePercent: "0" }), ["settings.sharePercent too-small"]],
    ["no customer", form({ warning: "1" }, { scope: { kind: "customer", value: "" } }), ["scope scope"]],
    [
      "no day",
      form(
        { warning: "1" },
        { activeHours: { zone: "UTC", ranges: [{ days: [], start: "08:00", end: "18:00" }] } },
      ),
      ["activeHours days"],
    ],
  ])("names what is wrong: %s", (_, entered, expected) => {
    expect(kindsOf(entered)).toEqual(expected);
  });
});
