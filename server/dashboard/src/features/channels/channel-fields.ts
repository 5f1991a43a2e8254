import { CHANNELS, type ChannelType } from "@muster/shared/alarms/channels/catalog.ts";
import { secretFieldsOf } from "@muster/shared/alarms/channels/define-channel.ts";
import { type Channel, type ChannelSettings, SECRET_MASK } from "@muster/shared/contracts/channel.ts";
import type { Language } from "@muster/shared/i18n/languages.ts";
import type { TFunction } from "i18next";
import { ApiError } from "../../api/api-error.ts";
import { type ActionField, fieldsOf } from "../actions/action-field.ts";
import { initialValues } from "../actions/action-payload.ts";

/** What the form of a channel holds. Secrets are apart, because drafts never store them. */
export type ChannelForm = {
  name: string;
  type: ChannelType;
  language: Language;
  isEnabled: boolean;
  settings: Record<string, string | string[]>;
  secrets: Record<string, string>;
};

/** A setting of a channel as a field of its form. */
export type ChannelField = ActionField & { isSecret: boolean };

type FieldTexts = Readonly<Record<string, { label: string; hint?: string }>>;

/** The fields of a type, in the order of the catalog. */
export function channelFieldsOf(type: ChannelType, t: TFunction): ChannelField[] {
  const secrets = secretFieldsOf(CHANNELS[type]);
  const texts: FieldTexts = t(`channels.types.${type}.fields`, { returnObjects: true });
  return fieldsOf(CHANNELS[type].settings, texts).map((field) => ({
    ...field,
    isSecret: secrets.includes(field.name),
  }));
}

/** The settings of a type that nobody has filled in. */
export function emptySettings(type: ChannelType): Pick<ChannelForm, "settings" | "secrets"> {
  return splitSettings(type, {});
}

export function formOfChannel({ name, type, language, isEnabled, settings }: Channel): ChannelForm {
  return { name, type, language, isEnabled, settings: splitSettings(type, settings).settings, secrets: {} };
}

function splitSettings(type: ChannelType, known: ChannelSettings): Pick<ChannelForm, "settings" | "secrets"> {
  const secretNames = secretFieldsOf(CHANNELS[type]);
  const fields = fieldsOf(CHANNELS[type].settings, {}).filter(({ name }) => !secretNames.includes(name));
  const settings: ChannelForm["settings"] = {};
  for (const [name, value] of Object.entries(initialValues(fields, known)))
    settings[name] = typeof value === "object" ? [...value] : String(value);
  return { settings, secrets: {} };
}

/** The settings for a request. A secret that is left empty stays as the channel has it. */
export function settingsToSend({ settings, secrets }: ChannelForm, stored: Channel | null): ChannelSettings {
  const kept = Object.entries(stored?.settings ?? {}).filter(([, value]) => value === SECRET_MASK);
  const entered = [...Object.entries(settings), ...Object.entries(secrets)];
  return {
    ...Object.fromEntries(kept),
    ...Object.fromEntries(entered.filter(([, value]) => value !== "")),
  };
}

/** What the server refuses of the settings, by the name of the field. */
export function settingErrors(error: unknown): ReadonlyMap<string, string> {
  const details = error instanceof ApiError ? error.details : [];
  return new Map(
    details.flatMap(({ path, message }) => {
      const [first, name] = path.split(".");
      return first === "settings" && name !== undefined ? [[name, message] as const] : [];
    }),
  );
}
