import type { ActiveHours } from "@muster/shared/alarms/active-hours.ts";
import { ALARM_TYPES, AlarmType } from "@muster/shared/alarms/catalog.ts";
import type {
  AlarmRule,
  AlarmRuleChange,
  AlarmRuleScope,
  NewAlarmRule,
} from "@muster/shared/contracts/alarm-rule.ts";
import type { DeviceScope } from "@muster/shared/contracts/device-scope.ts";
import { DeviceClass } from "@muster/shared/contracts/inventory.ts";
import type { MetricUnit } from "@muster/shared/contracts/metric-table.ts";
import { isSame } from "../../ui/drafts/merge-edits.ts";
import { unitOf } from "./condition-text.ts";
import { type RuleField, ruleFieldsOf } from "./rule-field.ts";

export type FieldValue = string | boolean | string[];
export type SettingValues = Record<string, FieldValue>;

/** `value` is the id of a customer or device, a tag or a class; empty for all devices. */
export type ScopeValue<Kind extends AlarmRuleScope["kind"] = AlarmRuleScope["kind"]> = {
  kind: Kind;
  value: string;
};

/** The form of a rule. Settings are as they are entered: numbers as texts, levels in the shown unit. */
export type RuleForm = {
  name: string;
  type: string;
  settings: SettingValues;
  scope: ScopeValue;
  isEnabled: boolean;
  activeHours: ActiveHours | null;
  cooldownS: string;
  ignoresExisting: boolean;
};

/** Sizes are entered in units that people use. */
const FACTORS: Partial<Record<MetricUnit, number>> = { bytes: 1e9, bytesPerSecond: 1e6 };

export function typeOf(form: Pick<RuleForm, "type">): AlarmType {
  return AlarmType.options.find((type) => type === form.type) ?? "metric";
}

/** What the form of a new rule holds at first. */
export function newForm(type: AlarmType): RuleForm {
  return {
    name: "",
    type,
    settings: initialSettings(type),
    scope: { kind: "organization", value: "" },
    isEnabled: true,
    activeHours: null,
    cooldownS: "0",
    ignoresExisting: false,
  };
}

export function initialSettings(type: AlarmType, kept: SettingValues = {}): SettingValues {
  const fields = ruleFieldsOf(type, {});
  return Object.fromEntries(fields.map((field) => [field.name, keptValue(field, kept) ?? field.initial]));
}

/** A value that another type had for the same field stays. */
function keptValue(field: RuleField, kept: SettingValues): FieldValue | undefined {
  const value = kept[field.name];
  const isOfKind =
    typeof value === typeof field.initial && Array.isArray(value) === Array.isArray(field.initial);
  if (!isOfKind) return undefined;
  return field.kind === "choice" && !field.choices.some((choice) => choice.value === value)
    ? undefined
    : value;
}

export function formOf(rule: AlarmRule): RuleForm {
  const factor = factorOf(rule.type, rule.settings["metric"]);
  const settings = ruleFieldsOf(rule.type, {}).map((field) => {
    const stored = rule.settings[field.name];
    return [field.name, shownValue(field, stored, factor)] as const;
  });
  return {
    name: rule.name,
    type: rule.type,
    settings: Object.fromEntries(settings),
    scope: { kind: rule.scope.kind, value: valueOfScope(rule.scope) },
    isEnabled: rule.isEnabled,
    activeHours: rule.activeHours,
    cooldownS: String(rule.cooldownS),
    ignoresExisting: rule.ignoresExisting,
  };
}

function shownValue(field: RuleField, stored: unknown, factor: number): FieldValue {
  if (stored === null) return "";
  if (typeof stored === "number") return String(field.kind === "level" ? stored / factor : stored);
  if (Array.isArray(stored)) return stored.map(String);
  return typeof stored === "string" || typeof stored === "boolean" ? stored : field.initial;
}

/** The settings that the form stands for, which may be invalid. A number that is none stays a text. */
export function settingsOf(form: Pick<RuleForm, "type" | "settings">): Record<string, unknown> {
  const type = typeOf(form);
  const factor = factorOf(type, form.settings["metric"]);
  const settings = ruleFieldsOf(type, {}).map((field) => {
    const value = form.settings[field.name] ?? field.initial;
    if (typeof value !== "string") return [field.name, value] as const;
    const text = value.trim().replace(",", ".");
    switch (field.kind) {
      case "level":
        return [field.name, text === "" ? null : scaled(text, factor)] as const;
      case "duration":
      case "number":
        return [field.name, text === "" ? undefined : scaled(text, 1)] as const;
      default:
        return [field.name, value === "" ? undefined : value] as const;
    }
  });
  return Object.fromEntries(settings.filter(([, value]) => value !== undefined));
}

function scaled(text: string, factor: number): number | string {
  const value = Number(text);
  // Without the rounding errors of binary fractions: 1.1 GB are 1,100,000,000 bytes.
  return Number.isFinite(value) ? Number((value * factor).toPrecision(12)) : text;
}

function factorOf(type: AlarmType, metric: unknown): number {
  const unit = unitOf(type, typeof metric === "string" ? metric : undefined);
  return (unit && FACTORS[unit]) ?? 1;
}

export function toNewRule(form: RuleForm, fallbackName: string): NewAlarmRule {
  return {
    name: nameOf(form, fallbackName),
    type: typeOf(form),
    settings: settingsOf(form),
    scope: toScope(form.scope),
    isEnabled: form.isEnabled,
    activeHours: form.activeHours,
    cooldownS: Number(form.cooldownS),
    ignoresExisting: form.ignoresExisting,
  };
}

/** What differs from the rule that the form was made of. */
export function toChange(form: RuleForm, rule: AlarmRule, fallbackName: string): AlarmRuleChange {
  const { name, scope, isEnabled, activeHours, cooldownS } = toNewRule(form, fallbackName);
  const settings = ALARM_TYPES[rule.type].settings.safeParse(settingsOf(form));
  const isOther = !settings.success || !isSame(settings.data, rule.settings);
  return {
    ...(name !== rule.name && { name }),
    ...(isOther && { settings: settingsOf(form) }),
    ...(!isSame(scope, rule.scope) && { scope }),
    ...(isEnabled !== rule.isEnabled && { isEnabled }),
    ...(!isSame(activeHours, rule.activeHours) && { activeHours }),
    ...(cooldownS !== rule.cooldownS && { cooldownS }),
  };
}

const MAX_NAME_LENGTH = 120;

function nameOf({ name }: RuleForm, fallback: string): string {
  return name.trim() === "" ? fallback.slice(0, MAX_NAME_LENGTH).toWellFormed().trim() : name;
}

/** A scope whose value is missing or wrong is refused by the server. */
function toScope({ kind, value }: ScopeValue): AlarmRuleScope {
  return kind === "view" ? { kind, viewId: value } : toDeviceScope({ kind, value });
}

/** As `toScope`, without views. */
export function toDeviceScope({ kind, value }: ScopeValue<DeviceScope["kind"]>): DeviceScope {
  switch (kind) {
    case "organization":
      return { kind };
    case "customer":
      return { kind, customerId: value };
    case "tag":
      return { kind, tag: value };
    case "class":
      return { kind, deviceClass: DeviceClass.options.find((one) => one === value) ?? "server" };
    case "device":
      return { kind, deviceId: value };
  }
}

export function valueOfScope(scope: AlarmRuleScope): string {
  switch (scope.kind) {
    case "organization":
      return "";
    case "customer":
      return scope.customerId;
    case "tag":
      return scope.tag;
    case "class":
      return scope.deviceClass;
    case "view":
      return scope.viewId;
    case "device":
      return scope.deviceId;
  }
}
