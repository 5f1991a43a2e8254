import type { Action } from "@muster/shared/contracts/action.ts";
import { useEffect, useState } from "react";
import { readAction, readBatch } from "../../api/action-calls.ts";
import { useLive } from "../../api/stream/live.tsx";
import { createChangeQueue } from "./change-queue.ts";

/** Up to this many changed actions are read one by one, more of them as the whole batch. */
const READ_SINGLY = 8;
const RETRY_MS = 5_000;
/** The larger a batch, the less often it is read as a whole: 5,000 actions every 10 seconds. */
const PAUSE_MS_PER_ACTION = 2;

/** The actions of a batch as they are now; empty until the first answer. */
export function useBatch(batchId: string, actionIds: readonly string[]): readonly Action[] {
  const { listen } = useLive();
  const [actions, setActions] = useState<ReadonlyMap<string, Action>>(new Map());
  useEffect(() => {
    const closed = new AbortController();
    const own = new Set(actionIds);
    const queue = createChangeQueue(async (ids) => {
      if (closed.signal.aborted) return;
      try {
        const isWhole = ids.size > READ_SINGLY;
        const read = isWhole ? await readBatch(batchId) : await Promise.all([...ids].map(readAction));
        if (closed.signal.aborted) return;
        setActions((known) => new Map([...known, ...read.map((one) => [one.id, one] as const)]));
        if (isWhole) await pause(own.size * PAUSE_MS_PER_ACTION);
      } catch {
        // Whatever the reason, the end must not be missed: it is read again.
        void pause(RETRY_MS).then(() => queue.push(ids));
      }
    });
    queue.push(own);
    const stop = listen({
      onActions: ({ changed }) => queue.push(changed.filter((id) => own.has(id))),
      onResync: () => queue.push(own),
    });
    return () => {
      closed.abort();
      stop();
    };
  }, [batchId, actionIds, listen]);
  return [...actions.values()];
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
