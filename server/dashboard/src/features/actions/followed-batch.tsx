import { Button } from "@mantine/core";
import { useEffect, useEffectEvent } from "react";
import { useLocation } from "wouter";
import { useWords } from "../../i18n/words.tsx";
import { plainName } from "../../ui/plain-name.ts";
import { useToasts } from "../../ui/toasts.tsx";
import type { Followed } from "./followed.ts";
import { progressOf } from "./followed-progress.ts";
import { useBatch } from "./use-batch.ts";
import { useActionWords } from "./use-action-words.ts";

/** A toast that tells how far a batch is until its end. While all that is left waits for devices, it goes away and comes back. */
export function FollowedBatch({ batch, onEnd }: { batch: Followed; onEnd: () => void }) {
  const { t } = useWords();
  const wordsOf = useActionWords();
  const { say, drop } = useToasts();
  const [, navigate] = useLocation();
  const actions = useBatch(batch.batchId, batch.actionIds);
  const { done, failed, called, waiting, moving, isOver } = progressOf(actions);
  const key = `batch-${batch.batchId}`;
  const action = wordsOf(batch.type).label;
  const isRead = actions.length === batch.actionIds.length;

  function words(): string {
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
  const text = isRead ? words() : "";

  const show = useEffectEvent((shown: string, isEnd: boolean) => {
    if (shown === "") return;
    say({
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
            drop(key);
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
