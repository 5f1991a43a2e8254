import type { Action, ActionPage } from "@muster/shared/contracts/action.ts";
import { type InfiniteData, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { type ActionFilter, readAction, readActions } from "../../api/action-calls.ts";
import { useLive } from "../../api/stream/live.tsx";
import { usePages } from "../../api/use-pages.ts";
import { createChangeQueue } from "./change-queue.ts";
import { mergeActions } from "./merge-actions.ts";

type Pages = InfiniteData<ActionPage, string>;

/** More than these are not read one by one; they are read again when the list is opened anew. */
const READ_SINGLY = 20;

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
            .slice(0, READ_SINGLY);
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
