import { Button } from "@mantine/core";
import type { Action } from "@muster/shared/contracts/action.ts";
import { useEffect, useEffectEvent, useState } from "react";
import { useLocation } from "wouter";
import { readAction, readBatch } from "../../api/action-calls.ts";
import { useLive } from "../../api/stream/live.tsx";
import { useTranslations } from "../../i18n/translations.tsx";
import { plainName } from "../../ui/plain-name.ts";
import { useToasts } from "../../ui/toasts.tsx";
import { useActionTexts } from "./action-catalog.ts";
import { createChangeQueue } from "./use-action-list.ts";
import { type Batch, progressOf } from "./batch-progress.ts";

/** A toast that tells how far a batch is until its end. While all that is left waits for devices, it goes away and comes back. */
export function TrackedBatch({ batch, onEnd }: { batch: Batch; onEnd: () => void }) {
  const { t } = useTranslations();
  const textsOf = useActionTexts();
  const { showToast, removeToast } = useToasts();
  const [, navigate] = useLocation();
  const actions = useBatch(batch.batchId, batch.actionIds);
  const { done, failed, called, waiting, moving, isOver } = progressOf(actions);
  const key = `batch-${batch.batchId}`;
  const action = textsOf(batch.type).label;
  const isRead = actions.length === batch.actionIds.length;

  function texts(): string {
    const [only] = actions;
    if (batch.deviceName !== null && only) {
      const waits = only.waitsBecause;
      const state = waits === null ? t(`actions.state.${only.state}`) : t(`actions.waits.${waits}`);
      const line = t("actions.follow.one", { action, device: plainName(batch.deviceName), state });
      return only.error === null ? line : `${line}. ${t(`actions.errors.${only.error.code}.text`)}`;
    }
    return [
      t("actions.follow.many", { action, done, count: actions.length }),
      failed > 0 && t("actions.follow.failed", { count: failed }),
      called > 0 && t("actions.follow.called", { count: called }),
      waiting > 0 && t("actions.follow.waiting", { count: waiting }),
    ]
      .filter((part) => part !== false)
      .join(", ");
  }
  const text = isRead ? texts() : "";

  const show = useEffectEvent((shown: string, isEnd: boolean) => {
    if (shown === "") return;
    showToast({
      key,
      text: shown,
      tone: isEnd ? (failed > 0 ? "failure" : "done") : "busy",
      isLasting: moving > 0,
      onClose: onEnd,
      action: (
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => {
            removeToast(key);
            navigate(`/actions?batch=${batch.batchId}`);
          }}
        >
          {t("actions.follow.open")}
        </Button>
      ),
    });
    if (isEnd) onEnd();
  });
  useEffect(() => show(text, isOver), [text, isOver]);
  return null;
}

/** Up to this many changed actions are read one by one, more of them as the whole batch. */
const MAX_SINGLE_READS = 8;
const RETRY_MS = 5_000;
/** The larger a batch, the less often it is read as a whole: 5,000 actions every 10 seconds. */
const PAUSE_MS_PER_ACTION = 2;

/** The actions of a batch as they are now; empty until the first answer. */
function useBatch(batchId: string, actionIds: readonly string[]): readonly Action[] {
  const { listen } = useLive();
  const [actions, setActions] = useState<ReadonlyMap<string, Action>>(new Map());
  useEffect(() => {
    const closed = new AbortController();
    const own = new Set(actionIds);
    const queue = createChangeQueue(async (ids) => {
      if (closed.signal.aborted) return;
      try {
        const isWhole = ids.size > MAX_SINGLE_READS;
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
