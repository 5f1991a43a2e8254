import type { Action, ActionPage } from "@muster/shared/contracts/action.ts";
import { type InfiniteData, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { type ActionFilter, readAction, readActions } from "../../api/action-calls.ts";
import { useLive } from "../../api/stream/live.tsx";
import { usePages } from "../../api/use-pages.ts";

type Pages = InfiniteData<ActionPage, string>;

/** More than these are not read one by one; they are read again when the list is opened anew. */
const MAX_SINGLE_READS = 20;

/** Actions, newest first, page by page. The list follows the stream; `refresh` reads what is known to have changed. */
export function useActionList(filter: ActionFilter) {
  const { deviceId, batchId, type, state } = filter;
  const queryClient = useQueryClient();
  const { listen } = useLive();
  const known = useMemo(() => {
    const narrowed: ActionFilter = { deviceId, batchId, type, state };
    return { filter: narrowed, key: ["actions", narrowed] as const };
  }, [deviceId, batchId, type, state]);
  const pages = usePages<Action>(known.key, ({ query, signal }) =>
    readActions(known.filter, { ...query, ...(signal && { signal }) }),
  );
  const queue = useMemo(
    () =>
      createChangeQueue(async (ids) => {
        const shown = () => queryClient.getQueryData<Pages>(known.key);
        if (!shown()) return;
        try {
          const fresh = await readActions(known.filter);
          const isFresh = new Set(fresh.items.map(({ id }) => id));
          const deeper = (shown()?.pages ?? [])
            .flatMap(({ items }) => items)
            .filter(({ id }) => ids.has(id) && !isFresh.has(id))
            .slice(0, MAX_SINGLE_READS);
          const changed = await Promise.all(deeper.map(({ id }) => readAction(id)));
          queryClient.setQueryData<Pages>(known.key, (before) => {
            if (!before) return before;
            const merged = mergeActions(before.pages, fresh, changed, known.filter);
            return { pages: merged, pageParams: before.pageParams.slice(0, merged.length) };
          });
        } catch {
          // The list stays as it was; the stream's next word, or the reader, tries again.
        }
      }),
    [queryClient, known],
  );
  useEffect(() => listen({ onActions: ({ changed }) => queue.push(changed) }), [listen, queue]);
  return { pages, refresh: (ids: readonly string[]) => queue.push(ids) };
}

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

/**
 * Hands ids of what changed to `work`, one call at a time: what arrives meanwhile is one further call. Answers that overtake each
 * other could otherwise show something older.
 */
export function createChangeQueue(work: (ids: ReadonlySet<string>) => Promise<void>) {
  let waiting = new Set<string>();
  let isWorking = false;

  async function run(): Promise<void> {
    isWorking = true;
    while (waiting.size > 0) {
      const ids = waiting;
      waiting = new Set();
      await work(ids);
    }
    isWorking = false;
  }
  return {
    push(ids: Iterable<string>): void {
      for (const id of ids) waiting.add(id);
      if (!isWorking && waiting.size > 0) void run();
    },
  };
}
