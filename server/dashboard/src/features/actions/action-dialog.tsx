import type { ActionType } from "@muster/shared/actions/catalog.ts";
import { useState } from "react";
import { useWords } from "../../i18n/words.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { plainName } from "../../ui/plain-name.ts";
import { useSession } from "../session/session-context.tsx";
import { offeredActions } from "./action-catalog.ts";
import { ActionChoice } from "./action-choice.tsx";
import classes from "./action-dialog.module.css";
import { ActionForm } from "./action-form.tsx";
import { RefusedDevices } from "./refused-devices.tsx";
import type { ActionTarget } from "./target-summary.ts";
import { useQueueActions } from "./use-queue-actions.ts";

export type ActionDialogProps = {
  devices: readonly ActionTarget[];
  type: ActionType;
  /** Something was asked for. */
  onDone: () => void;
  onClose: () => void;
};

/** Asks what is to be done on which devices, and hands it to the server. */
export function ActionDialog({ devices, type, onDone, onClose }: ActionDialogProps) {
  const { t } = useWords();
  const { may } = useSession();
  // The rows behind the dialog change all the time; whom it is for must not.
  const [targets] = useState(devices);
  const offered = offeredActions(may);
  const [chosenType, setChosenType] = useState(type);
  const chosen = offered.find((action) => action.type === chosenType) ?? offered[0];
  const { asked, isPending, failure, submit } = useQueueActions(targets, onDone);
  const [only] = targets;
  const title =
    targets.length === 1 && only
      ? t("actions.dialog.title", { name: plainName(only.name) })
      : t("actions.dialog.titleMany", { count: targets.length });
  if (!chosen) return null;
  return (
    <Dialog title={title} size="lg" onClose={asked && asked.queued > 0 ? onDone : onClose}>
      {asked ? (
        <RefusedDevices {...asked} devices={targets} onClose={asked.queued > 0 ? onDone : onClose} />
      ) : (
        <div className={classes.dialog}>
          <ActionChoice offered={offered} chosen={chosen} onChoose={setChosenType} />
          <ActionForm
            key={chosen.type}
            action={chosen}
            devices={targets}
            isPending={isPending}
            failure={failure}
            onSubmit={submit}
            onCancel={onClose}
          />
        </div>
      )}
    </Dialog>
  );
}
