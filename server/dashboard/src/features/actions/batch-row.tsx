import { Button } from "@mantine/core";
import { type ActionBatch, ActionState } from "@muster/shared/contracts/action.ts";
import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";
import { cancelBatch } from "../../api/action-calls.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import { useSession } from "../session/session-context.tsx";
import { definitionOf, useActionTexts } from "./action-catalog.ts";
import classes from "./action-list.module.css";
import { ActionRows } from "./action-list.tsx";
import { ActionRow, ActionStateLabel } from "./action-row.tsx";
import { PayloadLine } from "./payload-line.tsx";
import { RepeatButton } from "./repeat-button.tsx";
import { isOver } from "./state-line.ts";
import { useActionList } from "./use-action-list.ts";

type BatchRowProps = {
  batch: ActionBatch;
  isOpenAtFirst: boolean;
  /** Of the filter: the list of devices has only these. */
  state: ActionState | undefined;
  onChanged: () => void;
};

/** One request: its action when it is for one device, otherwise how far its devices are, and each of them on demand. */
export function BatchRow({ batch, isOpenAtFirst, state, onChanged }: BatchRowProps) {
  if (batch.action) {
    return (
      <li className={classes.row}>
        <ActionRow action={batch.action} hasDevice onChanged={onChanged} />
      </li>
    );
  }
  return <ManyDevices batch={batch} isOpenAtFirst={isOpenAtFirst} state={state} onChanged={onChanged} />;
}

function ManyDevices({ batch, isOpenAtFirst, state, onChanged }: BatchRowProps) {
  const { t } = useTranslations();
  const textsOf = useActionTexts();
  const listId = useId();
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const count = countOf(batch);
  return (
    <li className={classes.row}>
      <div className={classes.head}>
        <strong>{textsOf(batch.type).label}</strong>
        <span>{t("actions.batch.devices", { count })}</span>
        <span className={classes.when}>
          <bdi>{t("actions.step.asked", { name: batch.askedBy.name })}</bdi> ·{" "}
          <RelativeTime at={batch.askedAt} />
        </span>
        <span className={classes.buttons}>
          <CancelAllButton batch={batch} onChanged={onChanged} />
          <RepeatButton request={batch} />
          <Button
            size="compact-sm"
            variant="subtle"
            aria-expanded={isOpen}
            aria-controls={listId}
            onClick={() => setOpen(!isOpen)}
          >
            {t(isOpen ? "actions.batch.hide" : "actions.batch.show")}
          </Button>
        </span>
      </div>
      <PayloadLine action={batch} />
      <Progress batch={batch} />
      <div id={listId}>{isOpen && <BatchActions batchId={batch.id} state={state} />}</div>
    </li>
  );
}

function BatchActions({ batchId, state }: { batchId: string; state: ActionState | undefined }) {
  return <ActionRows list={useActionList({ batchId, state })} hasDevice hasPayload={false} />;
}

/** How many devices are in each state, as a bar and as text. */
function Progress({ batch }: { batch: ActionBatch }) {
  const { formats } = useTranslations();
  const states = ActionState.options.filter((state) => batch.counts[state] > 0);
  return (
    <>
      <div className={classes.bar} aria-hidden="true">
        {states.map((state) => (
          <span key={state} data-state={state} style={{ flexGrow: batch.counts[state] }} />
        ))}
      </div>
      <ul className={classes.counts}>
        {states.map((state) => (
          <li key={state}>
            <ActionStateLabel state={state}>{formats.whole(batch.counts[state])} </ActionStateLabel>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Asks first: it may stop an action on thousands of devices. */
function CancelAllButton({ batch, onChanged }: { batch: ActionBatch; onChanged: () => void }) {
  const { t } = useTranslations();
  const textsOf = useActionTexts();
  const failureText = useFailureText();
  const { may } = useSession();
  const [isAsking, setAsking] = useState(false);
  const close = () => setAsking(false);
  const cancel = useMutation({
    mutationFn: () => cancelBatch(batch.id),
    onSuccess: close,
    onSettled: onChanged,
  });
  const left = ActionState.options
    .filter((state) => !isOver(state))
    .reduce((sum, state) => sum + batch.counts[state], 0);
  if (left === 0 || !may(definitionOf(batch.type).role)) return null;
  const action = textsOf(batch.type).label;
  return (
    <>
      <Button
        size="compact-sm"
        variant="subtle"
        color="critical"
        aria-label={t("actions.batch.cancelName", { action })}
        onClick={() => setAsking(true)}
      >
        {t("actions.batch.cancel")}
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={t("actions.batch.cancelTitle", { action })}
          text={t("actions.batch.cancelText", { count: left })}
          verb={t("actions.batch.cancel")}
          isPending={cancel.isPending}
          failure={cancel.error && failureText(cancel.error)}
          onConfirm={() => cancel.mutate()}
          onClose={close}
        />
      )}
    </>
  );
}

function countOf({ counts }: ActionBatch): number {
  return ActionState.options.reduce((sum, state) => sum + counts[state], 0);
}
