import type { ActionBatch } from "@muster/shared/contracts/action.ts";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { type BatchFilter, readBatches } from "../../api/action-calls.ts";
import { useLive } from "../../api/stream/live.tsx";
import { usePages } from "../../api/use-pages.ts";
import { createChangeQueue } from "./use-action-list.ts";

/** Batches, newest first, page by page. What is shown is read again when an action changes. */
export function useBatchList(filter: BatchFilter) {
  const queryClient = useQueryClient();
  const { listen } = useLive();
  const { state, type, deviceId, requester, since, until, batchId } = filter;
  const key = useMemo(
    () => ["action-batches", { state, type, deviceId, requester, since, until, batchId }] as const,
    [state, type, deviceId, requester, since, until, batchId],
  );
  const pages = usePages<ActionBatch>(key, (page) => readBatches(key[1], page));
  const queue = useMemo(
    () => createChangeQueue(() => queryClient.invalidateQueries({ queryKey: key })),
    [queryClient, key],
  );
  useEffect(() => listen({ onActions: ({ changed }) => queue.push(changed) }), [listen, queue]);
  return { pages, refresh: () => queue.push([""]) };
}
