import { Button } from "@mantine/core";
import type { Action, ActionState } from "@muster/shared/contracts/action.ts";
import { useMutation } from "@tanstack/react-query";
import { Ban, Inbox, type LucideIcon, Play } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { Link } from "wouter";
import { cancelAction } from "../../api/action-calls.ts";
import { ApiError } from "../../api/api-error.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { plainName } from "../../ui/plain-name.ts";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { StateIcon, type StateName } from "../../ui/state-icon.tsx";
import { useToasts } from "../../ui/toasts.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import { useSession } from "../session/session-context.tsx";
import { WatchButton } from "../watches/watch-button.tsx";
import { definitionOf, useActionTexts } from "./action-catalog.ts";
import { ActionDetails } from "./action-details.tsx";
import classes from "./action-list.module.css";
import { ActionOutcome, ActionSteps } from "./action-outcome.tsx";
import { PayloadLine } from "./payload-line.tsx";
import { RepeatButton } from "./repeat-button.tsx";
import { isOver } from "./state-line.ts";

type ActionRowProps = {
  action: Action;
  hasDevice: boolean;
  /** False below a batch, which shows the type and the payload for all its actions. */
  hasPayload?: boolean;
  onChanged: (id: string) => void;
};

/** One action: type, device, state and outcome. */
export function ActionRow({ action, hasDevice, hasPayload = true, onChanged }: ActionRowProps) {
  const { t } = useTranslations();
  const textsOf = useActionTexts();
  const detailsId = useId();
  const [isOpen, setOpen] = useState(false);
  const device = plainName(action.deviceName);
  return (
    <>
      <div className={classes.head}>
        <ActionStateLabel state={action.state} />
        {hasPayload && <strong>{textsOf(action.type).label}</strong>}
        {hasDevice && (
          <Link href={`/devices/${action.deviceId}`} className={classes.device} title={device}>
            <bdi>{device}</bdi>
          </Link>
        )}
        <span className={classes.when}>
          <RelativeTime at={action.askedAt} />
        </span>
        <span className={classes.buttons}>
          {!isOver(action.state) && (
            <WatchButton kind="action" targetId={action.id} until="ended" size={28} />
          )}
          <CancelButton action={action} onChanged={onChanged} />
          {hasPayload && <RepeatButton request={action} />}
          <Button
            size="compact-sm"
            variant="subtle"
            aria-expanded={isOpen}
            aria-controls={detailsId}
            onClick={() => setOpen(!isOpen)}
          >
            {t("actions.details.open")}
          </Button>
        </span>
      </div>
      {hasPayload && <PayloadLine action={action} />}
      <ActionSteps action={action} />
      <ActionOutcome action={action} />
      <div id={detailsId}>{isOpen && <ActionDetails action={action} />}</div>
    </>
  );
}

/** Cancels an action while that is possible: immediately until the device has it, then by asking the device. */
function CancelButton({ action, onChanged }: { action: Action; onChanged: (id: string) => void }) {
  const { t } = useTranslations();
  const textsOf = useActionTexts();
  const failureText = useFailureText();
  const { may } = useSession();
  const { showToast } = useToasts();
  const definition = definitionOf(action.type);
  const cancel = useMutation({
    mutationFn: () => cancelAction(action.id),
    onError: (error) => {
      const isTooLate = error instanceof ApiError && error.code === "conflict";
      showToast({ text: isTooLate ? t("actions.cancel.tooLate") : failureText(error), tone: "failure" });
    },
    onSettled: () => onChanged(action.id),
  });
  if (isOver(action.state) || action.cancelAsked || !may(definition.role)) return null;
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      color="critical"
      loading={cancel.isPending}
      aria-label={t("actions.cancel.name", {
        action: textsOf(action.type).label,
        device: plainName(action.deviceName),
      })}
      onClick={() => cancel.mutate()}
    >
      {t("actions.cancel.verb")}
    </Button>
  );
}

const SHAPE = {
  pending: "waiting",
  done: "ok",
  error: "critical",
  expired: "expired",
  delivered: Inbox,
  executing: Play,
  cancelled: Ban,
} as const satisfies Record<ActionState, StateName | LucideIcon>;

/** An action's state as icon and label; what comes before the label is its number. */
export function ActionStateLabel({ state, children }: { state: ActionState; children?: ReactNode }) {
  const { t } = useTranslations();
  const shape = SHAPE[state];
  const Icon = typeof shape === "string" ? null : shape;
  return (
    <span className={classes.state} data-state={state}>
      {typeof shape === "string" && <StateIcon state={shape} size={14} isDecorative />}
      {Icon && <Icon size={14} aria-hidden="true" />}
      <span>
        {children}
        {t(`actions.state.${state}`)}
      </span>
    </span>
  );
}
