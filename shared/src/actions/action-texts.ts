import { globalRegistry, type z } from "zod";
import type { ACTIONS, ActionType } from "./catalog.ts";
import type { ActionDefinition } from "./define-action.ts";

/** What a person reads of one field that they fill in. `choices` words the values of an enum. */
export type FieldTexts = {
  readonly label: string;
  readonly hint?: string;
  readonly choices?: Readonly<Record<string, string>>;
};

/** What a person reads of one action in one language. `result` labels what the device tells. */
export type ActionTexts = {
  readonly label: string;
  readonly description: string;
  readonly payload: Readonly<Record<string, FieldTexts>>;
  readonly result: Readonly<Record<string, string>>;
};

/** The words of every action, with a place for each of its fields: what is missing or too many does not compile. */
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

/** The English words of an action, which stand in its definition. A field without a label goes by its name. */
export function englishTexts({ label, description, payload, result }: ActionDefinition): ActionTexts {
  const labels = Object.entries(fieldWords(result)).map(([name, words]) => [name, words.label] as const);
  return { label, description, payload: fieldWords(payload), result: Object.fromEntries(labels) };
}

function fieldWords({ shape }: z.ZodObject): Record<string, FieldTexts> {
  return Object.fromEntries(
    Object.entries(shape).map(([name, field]) => {
      const { label = name, hint, choices } = globalRegistry.get(field) ?? {};
      return [name, { label, hint, choices }] as const;
    }),
  );
}
