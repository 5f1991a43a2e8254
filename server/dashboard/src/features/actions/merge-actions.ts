import type { Action, ActionPage } from "@muster/shared/contracts/action.ts";
import type { ActionFilter } from "../../api/action-calls.ts";

/**
 * A list of pages after its first page was read anew: what is new stands in front, what left the filter is gone, older pages
 * stay. `changed` are newer versions of actions beyond the fresh page.
 */
export function mergeActions(
  pages: readonly ActionPage[],
  fresh: ActionPage,
  changed: readonly Action[],
  filter: ActionFilter,
): ActionPage[] {
  const oldest = fresh.items.at(-1)?.id;
  if (fresh.nextCursor === null || oldest === undefined) return [fresh];
  const newer = new Map(changed.map((action) => [action.id, action]));
  const older = pages.map(({ items, nextCursor }) => ({
    nextCursor,
    items: items
      .filter(({ id }) => id < oldest)
      .map((action) => newer.get(action.id) ?? action)
      .filter((action) => fits(action, filter)),
  }));
  if (older.every(({ items }) => items.length === 0)) return [fresh];
  return older.map((page, index) =>
    index === 0 ? { ...page, items: [...fresh.items, ...page.items] } : page,
  );
}

function fits(action: Action, { type, state }: ActionFilter): boolean {
  return (type === undefined || action.type === type) && (state === undefined || action.state === state);
}
