import { Checkbox, Select, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useTranslations } from "../../i18n/translations.tsx";
import { ActiveHoursField } from "../../ui/active-hours-field.tsx";
import { DurationInput } from "./duration-input.tsx";
import { InstanceMatches, useInstanceNames } from "./instance-matches.tsx";
import classes from "./rule-editor.module.css";
import { RuleFieldInput } from "./rule-field-input.tsx";
import { instancesMetricOf } from "./instances-metric.ts";
import { type RuleField, ruleFieldsOf } from "./rule-field.ts";
import { initialSettings, type RuleForm, settingsOf, typeOf } from "./rule-form.ts";
import { TYPES, useRuleTexts } from "./rule-texts.ts";
import { RULE_SCOPES, ScopeField } from "./scope-field.tsx";

type RuleFieldsProps = { form: UseFormReturnType<RuleForm>; isNew: boolean };

/** All fields of a rule. Those of its condition are made from the settings of its type. */
export function RuleFields({ form, isNew }: RuleFieldsProps) {
  const { t } = useTranslations();
  const { conditionText, typeTexts } = useRuleTexts();
  const values = form.getValues();
  const type = typeOf(values);
  const fallback = conditionText({ type, settings: settingsOf(values) }) ?? typeTexts(type).label;
  return (
    <>
      <TextInput
        label={t("alarmRules.field.name")}
        description={t("alarmRules.field.nameHint")}
        placeholder={fallback}
        maxLength={120}
        {...form.getInputProps("name")}
      />
      <fieldset className={classes.group}>
        <legend>{t("alarmRules.field.condition")}</legend>
        <TypeField form={form} isNew={isNew} />
        <SettingFields form={form} />
      </fieldset>
      <fieldset className={classes.group}>
        <legend>{t("alarmRules.appliesTo")}</legend>
        <ScopeField
          kinds={RULE_SCOPES}
          value={values.scope}
          error={form.errors["scope"]}
          onChange={(scope) => form.setFieldValue("scope", scope)}
        />
      </fieldset>
      <fieldset className={classes.group}>
        <legend>{t("alarmRules.field.timing")}</legend>
        <DurationInput
          label={t("alarmRules.field.cooldown")}
          description={t("alarmRules.field.cooldownHint")}
          error={form.errors["cooldownS"]}
          value={values.cooldownS}
          onChange={(cooldownS) => form.setFieldValue("cooldownS", cooldownS)}
        />
        <ActiveHoursField
          label={t("alarmRules.field.activeHours")}
          description={t("alarmRules.field.activeHoursHint")}
          value={values.activeHours}
          error={form.errors["activeHours"]}
          onChange={(activeHours) => form.setFieldValue("activeHours", activeHours)}
        />
        {isNew && (
          <Checkbox
            label={t("alarmRules.field.ignoresExisting")}
            description={t("alarmRules.field.ignoresExistingHint")}
            {...form.getInputProps("ignoresExisting", { type: "checkbox" })}
          />
        )}
        <Checkbox
          label={t("alarmRules.field.enabled")}
          {...form.getInputProps("isEnabled", { type: "checkbox" })}
        />
      </fieldset>
    </>
  );
}

function TypeField({ form, isNew }: RuleFieldsProps) {
  const { t } = useTranslations();
  const { typeTexts } = useRuleTexts();
  const { type, settings } = form.getValues();
  const { label, description } = typeTexts(typeOf({ type }));
  // A rule keeps its type.
  if (!isNew) {
    return <TextInput readOnly label={t("alarmRules.field.type")} description={description} value={label} />;
  }
  return (
    <Select
      label={t("alarmRules.field.type")}
      description={description}
      maxDropdownHeight={420}
      data={TYPES.map((one) => ({ value: one, label: typeTexts(one).label }))}
      renderOption={({ option }) => (
        <span className={classes.type}>
          <span>{option.label}</span>
          <small>{typeTexts(typeOf({ type: option.value })).description}</small>
        </span>
      )}
      value={type}
      onChange={(chosen) => {
        const next = typeOf({ type: chosen ?? type });
        // Levels in days mean nothing to other types.
        const kept = [typeOf({ type }), next].includes("disk-full") ? {} : settings;
        form.setFieldValue("settings", initialSettings(next, kept));
        form.setFieldValue("type", next);
        form.clearErrors();
      }}
    />
  );
}

/** What is compared stands first, then where, then the numbers: lists need the whole width. */
function rankOf({ kind }: RuleField): number {
  return kind === "choice" ? 0 : kind === "list" ? 1 : 2;
}

function SettingFields({ form }: Pick<RuleFieldsProps, "form">) {
  const { typeTexts } = useRuleTexts();
  const values = form.getValues();
  const type = typeOf(values);
  const metric = instancesMetricOf(type, values.settings);
  const names = useInstanceNames(metric);
  const hasInstances = metric?.includes(".") === true;
  const patterns = values.settings["instances"];
  const isShown = (name: string) =>
    name !== "instances" || hasInstances || (Array.isArray(patterns) && patterns.length > 0);
  return (
    <div className={classes.settings}>
      {ruleFieldsOf(type, typeTexts(type).settings)
        .filter(({ name }) => isShown(name))
        .toSorted((one, other) => rankOf(one) - rankOf(other))
        .map((field) => (
          <div key={`${type}.${field.name}`} className={field.kind === "list" ? classes.wide : undefined}>
            <RuleFieldInput
              field={field}
              form={values}
              suggestions={field.name === "instances" ? names : undefined}
              error={form.errors[`settings.${field.name}`]}
              onChange={(value) => form.setFieldValue(`settings.${field.name}`, value)}
            />
            {field.name === "instances" && <InstanceMatches settings={values.settings} known={names} />}
          </div>
        ))}
      {form.errors["settings"] && (
        <p className={classes.problem} role="alert">
          {form.errors["settings"]}
        </p>
      )}
    </div>
  );
}
