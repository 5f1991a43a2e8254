import { Button, Radio } from "@mantine/core";
import type { ActionType } from "@muster/shared/actions/catalog.ts";
import type { Impact } from "@muster/shared/actions/define-action.ts";
import { useState } from "react";
import { useTranslations } from "../../i18n/translations.tsx";
import dialog from "../../ui/dialog-form.module.css";
import { Dialog } from "../../ui/dialog.tsx";
import { plainName } from "../../ui/plain-name.ts";
import type { StateName } from "../../ui/state-icon.tsx";
import { StateLabel } from "../../ui/state-label.tsx";
import { useForgetDraft } from "../../ui/drafts/use-draft.ts";
import { useSession } from "../session/session-context.tsx";
import { type OfferedAction, offeredActions, useActionTexts } from "./action-catalog.ts";
import classes from "./action-dialog.module.css";
import { ActionForm } from "./action-form.tsx";
import type { ActionTarget } from "./action-target.tsx";
import { type Matching, useMatching } from "../fleet/selection-targets.ts";
import { type RefusedDevice, useQueueActions } from "./use-queue-actions.ts";

export type ActionDialogProps = {
  devices: readonly ActionTarget[];
  /** Set when the action is for all devices that match; `devices` are those of them that are loaded. */
  matching?: Matching | null;
  type: ActionType;
  /** What the fields of `type` have at first; its defaults when left out. */
  payload?: Record<string, unknown>;
  /** At least one action was queued. */
  onDone: () => void;
  onClose: () => void;
};

/** Lets the user choose an action for devices, and queues it. */
export function ActionDialog({ devices, type, payload, onDone, onClose, ...props }: ActionDialogProps) {
  const { t } = useTranslations();
  const { may } = useSession();
  // The rows behind the dialog keep changing; its targets must not.
  const [targets] = useState(devices);
  const offered = offeredActions(may);
  const [chosenType, setChosenType] = useState(type);
  const chosen = offered.find((action) => action.type === chosenType) ?? offered[0];
  const { matching, notice, recount } = useMatching(props.matching ?? null);
  const count = matching?.count ?? targets.length;
  const draftOf = (name: ActionType) => (payload ? null : `action:${name}:${draftTarget(targets)}`);
  const forgetDraft = useForgetDraft();
  const done = () => {
    forgetDraft(draftOf(chosenType));
    onDone();
  };
  const { asked, isPending, failure, submit } = useQueueActions(targets, { onDone: done, recount });
  const [only] = targets;
  const title =
    count === 1 && only
      ? t("actions.dialog.title", { name: plainName(only.name) })
      : t("actions.dialog.titleMany", { count });
  if (!chosen) return null;
  return (
    <Dialog title={title} size="lg" onClose={asked && asked.queued > 0 ? done : onClose}>
      {asked ? (
        <RefusedDevices {...asked} devices={targets} onClose={asked.queued > 0 ? done : onClose} />
      ) : (
        <div className={classes.dialog}>
          <ActionChoice offered={offered} chosen={chosen} onChoose={setChosenType} />
          <ActionForm
            key={chosen.type}
            action={chosen}
            devices={targets}
            matching={matching}
            payload={chosen.type === type ? payload : undefined}
            draftObject={draftOf(chosen.type)}
            isPending={isPending}
            failure={notice ?? failure}
            onSubmit={submit}
            onCancel={onClose}
          />
        </div>
      )}
    </Dialog>
  );
}

/** A draft is for one device, or for any selection of several. */
function draftTarget([only, ...others]: readonly ActionTarget[]): string {
  return only && others.length === 0 ? only.id : "several";
}

type ActionChoiceProps = {
  offered: readonly OfferedAction[];
  chosen: OfferedAction;
  onChoose: (type: ActionType) => void;
};

/** The chosen action. The dialog is opened for one action, so the others that the role allows are collapsed. */
function ActionChoice({ offered, chosen, onChoose }: ActionChoiceProps) {
  const { t } = useTranslations();
  const textsOf = useActionTexts();
  const [isOpen, setOpen] = useState(false);
  if (!isOpen) {
    return (
      <div className={classes.chosen}>
        <div>
          <Line action={chosen} />
          <p className={classes.description}>{textsOf(chosen.type).description}</p>
        </div>
        <Button size="compact-sm" variant="subtle" onClick={() => setOpen(true)}>
          {t("actions.dialog.another")}
        </Button>
      </div>
    );
  }
  return (
    <Radio.Group
      label={t("actions.dialog.what")}
      value={chosen.type}
      onChange={(value) => {
        const next = offered.find(({ type }) => type === value);
        if (next) onChoose(next.type);
      }}
    >
      <div className={classes.choices}>
        {offered.map((action) => (
          <Radio
            key={action.type}
            value={action.type}
            label={<Line action={action} />}
            description={textsOf(action.type).description}
          />
        ))}
      </div>
    </Radio.Group>
  );
}

function Line({ action: { type, definition } }: { action: OfferedAction }) {
  const textsOf = useActionTexts();
  return (
    <span className={classes.line}>
      <strong>{textsOf(type).label}</strong> <ImpactLabel danger={definition.impact} />
    </span>
  );
}

const SHAPE = { none: "ok", moment: "warn", work: "critical" } as const satisfies Record<Impact, StateName>;

/** How much an action affects the local user, as icon and label. */
function ImpactLabel({ danger }: { danger: Impact }) {
  const { t } = useTranslations();
  return <StateLabel state={SHAPE[danger]}>{t(`actions.danger.${danger}`)}</StateLabel>;
}

type RefusedDevicesProps = {
  devices: readonly ActionTarget[];
  refused: readonly RefusedDevice[];
  /** How many others will get it. */
  queued: number;
  onClose: () => void;
};

const MAX_REFUSED_SHOWN = 200;

/** Which devices will not get it, by name, and why. */
function RefusedDevices({ devices, refused, queued, onClose }: RefusedDevicesProps) {
  const { t } = useTranslations();
  const names = new Map(devices.map(({ id, name }) => [id, plainName(name)]));
  return (
    <div className={dialog.form} role="alert">
      <StateLabel state="warn">{t("actions.refused.title", { count: refused.length })}</StateLabel>
      <ul className={classes.refused}>
        {refused.slice(0, MAX_REFUSED_SHOWN).map(({ deviceId, reason }) => (
          <li key={deviceId}>
            <bdi>{names.get(deviceId) ?? deviceId}</bdi>
            <span>{t(`actions.refused.reason.${reason}`)}</span>
          </li>
        ))}
      </ul>
      <p className={classes.target}>
        {queued === 0 ? t("actions.refused.none") : t("actions.refused.queued", { count: queued })}
      </p>
      <div className={dialog.buttons}>
        <Button data-autofocus onClick={onClose}>
          {t("shell.action.close")}
        </Button>
      </div>
    </div>
  );
}
