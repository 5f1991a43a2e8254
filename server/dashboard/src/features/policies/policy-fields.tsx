import { Checkbox, Select, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import type { ReactNode } from "react";
import { useTranslations } from "../../i18n/translations.tsx";
import { ActiveHoursField } from "../../ui/active-hours-field.tsx";
import { MatchFields } from "./match-fields.tsx";
import classes from "./policies.module.css";
import type { PolicyForm } from "./policy-form.ts";
import { RecipientFields } from "./recipient-fields.tsx";

const COLLECT_S = [0, 60, 300, 900, 3_600] as const;
const REMIND_MIN = [0, 5, 15, 30, 60, 240, 1_440] as const;
const ESCALATE_MIN = [0, 5, 15, 30, 60, 120, 240, 1_440] as const;
const MINUTE_MS = 60_000;

type PolicyFieldsProps = { form: UseFormReturnType<PolicyForm>; names: Readonly<Record<string, string>> };

export function PolicyFields({ form, names }: PolicyFieldsProps) {
  const { t, formats } = useTranslations();
  const { values, errors } = form;
  return (
    <>
      <TextInput
        data-autofocus
        required
        withAsterisk={false}
        label={t("settings.common.name")}
        maxLength={80}
        {...form.getInputProps("name")}
      />
      <Group title={t("policies.field.match")}>
        <MatchFields
          value={values.match}
          names={names}
          error={errors["match"]}
          onChange={(match) => form.setFieldValue("match", match)}
        />
      </Group>
      <Group title={t("policies.field.recipients")}>
        <RecipientFields
          value={values.recipients}
          names={names}
          error={errors["recipients"]}
          onChange={(recipients) => form.setFieldValue("recipients", recipients)}
        />
      </Group>
      <Group title={t("policies.field.when")}>
        <ActiveHoursField
          label={t("policies.field.hours")}
          description={t("policies.field.hoursHint")}
          value={values.activeHours}
          error={errors["activeHours"]}
          onChange={(activeHours) => form.setFieldValue("activeHours", activeHours)}
        />
        <Select
          label={t("policies.field.collect")}
          description={t("policies.field.collectHint")}
          allowDeselect={false}
          data={spans(COLLECT_S, values.collectS, (seconds) =>
            seconds === 0 ? t("policies.field.immediately") : formats.exactDuration(seconds * 1_000),
          )}
          {...form.getInputProps("collectS")}
        />
        <Select
          label={t("policies.field.remind")}
          allowDeselect={false}
          data={spans(REMIND_MIN, values.remindEveryMin, (minutes) =>
            minutes === 0 ? t("policies.field.never") : formats.exactDuration(minutes * MINUTE_MS),
          )}
          {...form.getInputProps("remindEveryMin")}
        />
        <Select
          label={t("policies.field.escalate")}
          description={t("policies.field.escalateHint")}
          allowDeselect={false}
          data={spans(ESCALATE_MIN, values.escalateAfterMin, (minutes) =>
            minutes === 0 ? t("policies.field.never") : formats.exactDuration(minutes * MINUTE_MS),
          )}
          {...form.getInputProps("escalateAfterMin")}
        />
      </Group>
      {values.escalateAfterMin !== "0" && (
        <Group title={t("policies.field.escalateTo")}>
          <RecipientFields
            value={values.escalateTo}
            names={names}
            error={errors["escalateTo"]}
            onChange={(escalateTo) => form.setFieldValue("escalateTo", escalateTo)}
          />
        </Group>
      )}
      <Checkbox
        label={t("policies.field.enabled")}
        description={t("policies.field.enabledHint")}
        {...form.getInputProps("isEnabled", { type: "checkbox" })}
      />
    </>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className={classes.group}>
      <legend>{title}</legend>
      {children}
    </fieldset>
  );
}

/** Spans to choose from, rising; the one that the policy has is always among them. */
function spans(offered: readonly number[], own: string, textOf: (span: number) => string) {
  return [...new Set([...offered, Number(own)])]
    .toSorted((one, other) => one - other)
    .map((span) => ({ value: String(span), label: textOf(span) }));
}
