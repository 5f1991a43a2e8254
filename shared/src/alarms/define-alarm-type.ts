import type { z } from "zod";
import type { AlarmCondition } from "./alarm-condition.ts";

/**
 * One type of alarm rule, as the server, the forms and the API document know it. Its texts are English; the translations are in
 * `i18n/<language>/alarm-types.messages.ts`. `settings` is what a rule of the type decides: the form is made from each field's
 * `.meta({ label, hint?, choices?, suggested? })`.
 */
export type AlarmTypeDefinition = {
  type: string;
  label: string;
  /** One sentence: when a rule of this type opens an alarm. */
  description: string;
  settings: z.ZodObject;
  /** What a rule with these settings evaluates. Throws for settings that the schema does not accept. */
  conditionOf(settings: unknown): AlarmCondition;
};

/** Keeps the exact types of one definition. */
export function defineAlarmType<const Type extends string, Settings extends z.ZodObject>({
  condition,
  ...definition
}: {
  type: Type;
  label: string;
  description: string;
  settings: Settings;
  condition(settings: z.output<Settings>): AlarmCondition;
}): AlarmTypeDefinition & { type: Type; settings: Settings } {
  return {
    ...definition,
    conditionOf: (settings) => condition(definition.settings.parse(settings)),
  };
}
