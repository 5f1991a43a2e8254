import type { DeviceScope } from "@muster/shared/contracts/device-scope.ts";
import type { Alarm, AlarmSeverity } from "@muster/shared/contracts/alarm.ts";
import type { Silence } from "@muster/shared/contracts/silence.ts";
import { type ScopeValue, toDeviceScope } from "../alarm-rules/rule-form.ts";
import { toLocalInput } from "../../ui/local-input.ts";
import { instantOfField, TIME_CHOICES, timeOfChoice } from "../alarms/time-choices.ts";

export const CUSTOM_END = "custom";

/** What a silence is for: alarms that fit the fields, or what an alarm leads to. */
export type SilenceTarget = "matching" | "alarm" | "device" | "rule";

export type SilenceForm = {
  target: SilenceTarget;
  scope: ScopeValue<DeviceScope["kind"]>;
  types: string[];
  severities: AlarmSeverity[];
  /** One of the choices, or `CUSTOM_END`. */
  until: string;
  /** Value of a local date and time input. */
  customEnd: string;
  comment: string;
  endsWhenIdle: boolean;
};

export function newSilenceForm(target: SilenceTarget): SilenceForm {
  return {
    target,
    scope: { kind: "organization", value: "" },
    types: [],
    severities: [],
    until: "4",
    customEnd: "",
    comment: "",
    endsWhenIdle: false,
  };
}

/** What an edit changes. The field of the end is to the minute, and an end that was not touched stays to the millisecond. */
export function changeOf(edit: SilenceEdit, silence: Silence) {
  const { comment, endsWhenIdle, customEnd } = edit;
  const isSameEnd = customEnd === formOfSilence(silence).customEnd;
  return {
    comment,
    endsWhenIdle,
    ...(!isSameEnd && { endsAt: endOf({ until: CUSTOM_END, customEnd }, Date.now()) }),
  };
}

/** What the form edits of a silence: its end is always a custom one. */
export function formOfSilence({ comment, endsAt, endsWhenIdle }: Silence): SilenceEdit {
  return { comment, customEnd: toLocalInput(endsAt), endsWhenIdle };
}

export type SilenceEdit = Pick<SilenceForm, "comment" | "customEnd" | "endsWhenIdle">;

/** The targets that an alarm offers. Rules are closed to members with a customer limit. */
export function targetsOf({ device, rule }: Alarm, isLimited: boolean): SilenceTarget[] {
  return [
    "alarm",
    ...(device ? (["device"] as const) : []),
    ...(rule && !isLimited ? (["rule"] as const) : []),
  ];
}

/** Which alarms the form stands for, as a request has it. */
export function matchersOf(form: SilenceForm, alarm: Alarm | null) {
  switch (form.target) {
    case "matching":
      return { scope: toDeviceScope(form.scope), types: form.types, severities: form.severities };
    case "alarm":
      return { alarmId: alarm?.id };
    case "device":
      return { scope: { kind: "device", deviceId: alarm?.device?.id } };
    case "rule":
      return { ruleId: alarm?.rule?.id };
  }
}

/** The end for a request. A field that is not filled in is refused by the server, which names it. */
export function endOf({ until, customEnd }: Pick<SilenceForm, "until" | "customEnd">, nowMs: number): string {
  const choice = TIME_CHOICES.find((one) => one === until);
  return choice === undefined ? (instantOfField(customEnd) ?? "") : timeOfChoice(choice, nowMs);
}
