import { globalRegistry, type z } from "zod";
import type { ACTIONS, ActionType } from "./catalog.ts";
import type { ActionDefinition } from "./define-action.ts";

/** The texts of one form field. `choices` labels the values of an enum. */
export type FieldTexts = {
  readonly label: string;
  readonly hint?: string;
  readonly choices?: Readonly<Record<string, string>>;
};

/** The texts of one action in one language. `result` labels what the device reports. */
export type ActionTexts = {
  readonly label: string;
  readonly description: string;
  readonly payload: Readonly<Record<string, FieldTexts>>;
  readonly result: Readonly<Record<string, string>>;
};

/** The texts of every action and its fields: a missing or an extra one does not compile. */
export type CatalogTexts = {
  readonly [Type in ActionType]: ActionTexts & {
    readonly payload: { readonly [Field in FieldsOf<Type, "payload">]: FieldTexts };
    readonly result: { readonly [Field in FieldsOf<Type, "result">]: string };
  };
};

type FieldsOf<
  Type extends ActionType,
  Part extends "payload" | "result",
> = keyof (typeof ACTIONS)[Type][Part]["shape"];

/** The English texts of an action, taken from its definition. A field without a label goes by its name. */
export function englishTexts({ label, description, payload, result }: ActionDefinition): ActionTexts {
  const labels = Object.entries(fieldTexts(result)).map(([name, texts]) => [name, texts.label] as const);
  return { label, description, payload: fieldTexts(payload), result: Object.fromEntries(labels) };
}

function fieldTexts({ shape }: z.ZodObject): Record<string, FieldTexts> {
  return Object.fromEntries(
    Object.entries(shape).map(([name, field]) => {
      const { label = name, hint, choices } = globalRegistry.get(field) ?? {};
      return [name, { label, hint, choices }] as const;
    }),
  );
}
