import { type ActionTexts, englishTexts } from "@muster/shared/actions/action-texts.ts";
import { ACTIONS, ActionType } from "@muster/shared/actions/catalog.ts";
import type { ActionDefinition } from "@muster/shared/actions/define-action.ts";
import type { Role } from "@muster/shared/contracts/identity.ts";
import { useCallback } from "react";
import { useCatalogTexts } from "../../i18n/translations.tsx";

export type OfferedAction = { type: ActionType; definition: ActionDefinition };

/** What the catalog says about an action. */
export function definitionOf(type: ActionType): ActionDefinition {
  return ACTIONS[type];
}

/** The actions that a person may ask for, in the catalog's order. */
export function offeredActions(may: (minimumRole: Role) => boolean): OfferedAction[] {
  return ActionType.options
    .map((type) => ({ type, definition: definitionOf(type) }))
    .filter(({ definition }) => may(definition.role));
}

export const ACTION_TYPES = ActionType.options;

/** What an action, its fields and its result are called in the present language. */
export function useActionTexts(): (type: ActionType) => ActionTexts {
  const translated = useCatalogTexts();
  return useCallback((type) => translated?.[type] ?? englishTexts(definitionOf(type)), [translated]);
}
