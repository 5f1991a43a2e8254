import { Checkbox, PasswordInput, Select, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { CHANNELS, ChannelType } from "@muster/shared/alarms/channels/catalog.ts";
import { type Channel, SECRET_MASK } from "@muster/shared/contracts/channel.ts";
import { LANGUAGES } from "@muster/shared/i18n/languages.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { StateLabel } from "../../ui/state-label.tsx";
import { ActionFieldInput } from "../actions/action-field-input.tsx";
import { type ChannelField, type ChannelForm, channelFieldsOf, emptySettings } from "./channel-fields.ts";
import { NoMailNote } from "./no-mail-note.tsx";
import classes from "./channels.module.css";

type ChannelFormFieldsProps = {
  form: UseFormReturnType<ChannelForm>;
  /** Null for a channel that does not exist yet. */
  channel: Channel | null;
  canSendMail: boolean;
  settingErrors: ReadonlyMap<string, string>;
};

/** The fields of a channel; those of its type are made from the catalog. */
export function ChannelFormFields({ form, channel, canSendMail, settingErrors }: ChannelFormFieldsProps) {
  const { t } = useTranslations();
  const { type } = form.values;
  const fields = channelFieldsOf(type, t);
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
      <Select
        label={t("channels.type")}
        description={t(`channels.types.${type}.description`)}
        disabled={channel !== null}
        allowDeselect={false}
        data={ChannelType.options.map((value) => ({ value, label: t(`channels.types.${value}.label`) }))}
        value={type}
        onChange={(value) => {
          const chosen = ChannelType.safeParse(value);
          if (chosen.success) form.setValues({ type: chosen.data, ...emptySettings(chosen.data) });
        }}
      />
      {(type === "email" || type === "ticket-mail") && !canSendMail && <NoMailNote />}
      {fields.map((field) => (
        <SettingField
          key={`${type} ${field.name}`}
          field={field}
          form={form}
          isKept={channel?.settings[field.name] === SECRET_MASK}
          error={settingErrors.get(field.name)}
        />
      ))}
      {fields.some(({ isSecret }) => isSecret) && <p className={classes.note}>{t("channels.secretNote")}</p>}
      <Select
        label={t("channels.language")}
        allowDeselect={false}
        data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
        {...form.getInputProps("language")}
      />
      <Checkbox
        label={t("channels.isEnabled")}
        description={t("channels.isEnabledHint")}
        {...form.getInputProps("isEnabled", { type: "checkbox" })}
      />
    </>
  );
}

type SettingFieldProps = {
  field: ChannelField;
  form: UseFormReturnType<ChannelForm>;
  /** Whether the server has a secret that stays when nothing is entered. */
  isKept: boolean;
  error: string | undefined;
};

function SettingField({ field, form, isKept, error }: SettingFieldProps) {
  const { t } = useTranslations();
  if (!field.isSecret) {
    const inputProps = form.getInputProps(`settings.${field.name}`);
    return <ActionFieldInput field={field} isFirst={false} inputProps={{ ...inputProps, error }} />;
  }
  return (
    <PasswordInput
      label={field.label}
      description={[field.hint, isKept ? t("channels.kept") : null].filter(Boolean).join(" ")}
      placeholder={isKept ? t("channels.keptPlaceholder") : undefined}
      required={field.isRequired && !isKept}
      withAsterisk={false}
      autoComplete="off"
      error={error}
      value={form.values.secrets[field.name] ?? ""}
      onChange={({ currentTarget }) => form.setFieldValue(`secrets.${field.name}`, currentTarget.value)}
    />
  );
}

/** Whether a channel works, with more than a colour. */
export function ChannelState({ channel, failingFor }: { channel: Channel; failingFor: string }) {
  const { t } = useTranslations();
  if (!channel.isEnabled) return <StateLabel state="offline">{t("channels.off")}</StateLabel>;
  if (channel.failingSince !== null)
    return <StateLabel state="critical">{t("channels.failingSince", { time: failingFor })}</StateLabel>;
  return <StateLabel state="ok">{t("channels.on")}</StateLabel>;
}

/** True for a type whose receiver verifies signatures. */
export function hasSigningSecret({ type }: Pick<Channel, "type">): boolean {
  return CHANNELS[type].hasSigningSecret;
}
