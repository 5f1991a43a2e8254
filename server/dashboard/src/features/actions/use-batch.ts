import type { Action } from "@muster/shared/contracts/action.ts";
import { useEffect, useState } from "react";
import { readAction, readBatch } from "../../api/action-calls.ts";
import { useLive } from "../../api/stream/live.tsx";
import { createChangeQueue } from "./change-queue.ts";

/** Up to this many changed actions are read one by one, more of them as the whole batch. */
const READ_SINGLY = 8;

/** The actions of a batch as they are now; empty until the first answer. */
export function useBatch(batchId: string, actionIds: readonly string[]): readonly Action[] {
  const { listen } = useLive();
  const [actions, setActions] = useState<ReadonlyMap<string, Action>>(new Map());
  useEffect(() => {
    let isOpen = true;
    const own = new Set(actionIds);
    const queue = createChangeQueue(async (ids) => {
      try {
        const read =
          ids.size > READ_SINGLY ? await readBatch(batchId) : await Promise.all([...ids].map(readAction));
        if (isOpen) setActions((known) => new Map([...known, ...read.map((one) => [one.id, one] as const)]));
      } catch {
        // What could not be read is read again with the stream's next word.
      }
    });
    queue.push(own);
    const stop = listen({
      onActions: ({ changed }) => queue.push(changed.filter((id) => own.has(id))),
      onResync: () => queue.push(own),
    });
    return () => {
      isOpen = false;
      stop();
    };
  }, [batchId, actionIds, listen]);
  return [...actions.values()];
}
