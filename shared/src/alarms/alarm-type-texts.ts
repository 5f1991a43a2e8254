import { globalRegistry } from "zod";
import type { FieldTexts } from "../actions/action-texts.ts";
import type { ALARM_TYPES, AlarmType } from "./catalog.ts";
import type { AlarmTypeDefinition } from "./define-alarm-type.ts";

/** The texts of one type of alarm rule in one language. */
export type AlarmTypeTexts = {
  readonly label: string;
  readonly description: string;
  readonly settings: Readonly<Record<string, FieldTexts>>;
};

/** The texts of every type and its fields: a missing or an extra one does not compile. */
export type AlarmCatalogTexts = {
  readonly [Type in AlarmType]: AlarmTypeTexts & {
    readonly settings: {
      readonly [Field in keyof (typeof ALARM_TYPES)[Type]["settings"]["shape"]]: FieldTexts;
    };
  };
};

/** The English texts of a type, taken from its definition. A field without a label goes by its name. */
export function englishAlarmTexts({ label, description, settings }: AlarmTypeDefinition): AlarmTypeTexts {
  const fields = Object.entries(settings.shape).map(([name, field]) => {
    const { label: fieldLabel = name, hint, choices } = globalRegistry.get(field) ?? {};
    return [name, { label: fieldLabel, hint, choices }] as const;
  });
  return { label, description, settings: Object.fromEntries(fields) };
}
