import { Checkbox, MultiSelect, Radio, Select, Stack, Textarea, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { NEVER_MUTED_TYPES } from "@muster/shared/alarms/inhibition.ts";
import type { Alarm } from "@muster/shared/contracts/alarm.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { plainName } from "../../ui/plain-name.ts";
import { DEVICE_SCOPES, ScopeField } from "../alarm-rules/scope-field.tsx";
import { ALARM_KINDS, SEVERITIES } from "../alarms/alarm-query.ts";
import { TIME_CHOICES } from "../alarms/time-choices.ts";
import { useTimeChoiceLabel } from "../alarms/time-field.tsx";
import { useSession } from "../session/session-context.tsx";
import { CUSTOM_END, type SilenceForm, type SilenceTarget, targetsOf } from "./silence-form.ts";

type FieldsProps = { form: UseFormReturnType<SilenceForm>; alarm: Alarm | null };

/** The fields of a new silence; `alarm` is the one that it starts from. */
export function SilenceFields({ form, alarm }: FieldsProps) {
  const { t } = useTranslations();
  const labelOf = useTimeChoiceLabel();
  const { until } = form.values;
  return (
    <>
      {alarm ? <TargetField form={form} alarm={alarm} /> : <MatcherFields form={form} />}
      <Select
        label={t("silences.until")}
        allowDeselect={false}
        data={[
          ...TIME_CHOICES.map((choice) => ({ value: choice, label: labelOf(choice) })),
          { value: CUSTOM_END, label: t("alarmPages.dialog.custom") },
        ]}
        {...form.getInputProps("until")}
        error={form.errors["endsAt"]}
      />
      {until === CUSTOM_END && (
        <TextInput
          required
          withAsterisk={false}
          type="datetime-local"
          label={t("alarmPages.dialog.customField")}
          {...form.getInputProps("customEnd")}
        />
      )}
      <CommentFields form={form} />
    </>
  );
}

type CommentForm = Pick<SilenceForm, "comment" | "endsWhenIdle">;

/** Why nobody is to be told, and whether the silence ends when it is not needed. */
export function CommentFields<Values extends CommentForm>({ form }: { form: UseFormReturnType<Values> }) {
  const { t } = useTranslations();
  return (
    <>
      <Textarea
        required
        withAsterisk={false}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={2_000}
        label={t("silences.comment")}
        placeholder={t("silences.commentHint")}
        {...form.getInputProps("comment")}
      />
      <Checkbox
        label={t("silences.endsWhenIdle")}
        description={t("silences.endsWhenIdleHint")}
        {...form.getInputProps("endsWhenIdle", { type: "checkbox" })}
      />
    </>
  );
}

function TargetField({ form, alarm }: { form: FieldsProps["form"]; alarm: Alarm }) {
  const { t } = useTranslations();
  const { customers: limit } = useSession();
  const labelOf = (target: SilenceTarget) => {
    if (target === "device")
      return t("silences.target.device", { name: plainName(alarm.device?.name ?? "") });
    if (target === "rule") return t("silences.target.rule", { name: alarm.rule?.name ?? "" });
    return t("silences.target.alarm");
  };
  return (
    <Radio.Group label={t("silences.what")} {...form.getInputProps("target")}>
      <Stack gap={8} mt={6}>
        {targetsOf(alarm, limit !== null).map((target) => (
          <Radio key={target} value={target} label={labelOf(target)} />
        ))}
      </Stack>
    </Radio.Group>
  );
}

function MatcherFields({ form }: { form: FieldsProps["form"] }) {
  const { t } = useTranslations();
  return (
    <>
      <ScopeField
        kinds={DEVICE_SCOPES}
        value={form.values.scope}
        error={form.errors["scope"] ?? form.errors["scope.deviceId"] ?? form.errors["scope.customerId"]}
        onChange={(scope) => form.setFieldValue("scope", scope)}
      />
      <MultiSelect
        clearable
        label={t("silences.types")}
        placeholder={form.values.types.length === 0 ? t("silences.allTypes") : ""}
        data={ALARM_KINDS.filter((kind) => !NEVER_MUTED_TYPES.has(kind)).map((kind) => ({
          value: kind,
          label: t(`alarmPages.kind.${kind}`),
        }))}
        {...form.getInputProps("types")}
      />
      <MultiSelect
        clearable
        label={t("silences.severities")}
        placeholder={form.values.severities.length === 0 ? t("silences.allSeverities") : ""}
        data={SEVERITIES.map((severity) => ({
          value: severity,
          label: t(`alarms.severity.${severity}`),
        }))}
        {...form.getInputProps("severities")}
      />
    </>
  );
}
