import { Button } from "@mantine/core";
import type { Action } from "@muster/shared/contracts/action.ts";
import { useId, useState } from "react";
import { Link } from "wouter";
import { useWords } from "../../i18n/words.tsx";
import { plainName } from "../../ui/plain-name.ts";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { ActionDetails } from "./action-details.tsx";
import classes from "./action-list.module.css";
import { ActionOutcome } from "./action-outcome.tsx";
import { ActionStateWord } from "./action-state-word.tsx";
import { ActionSteps } from "./action-steps.tsx";
import { CancelButton } from "./cancel-button.tsx";
import { useActionWords } from "./use-action-words.ts";

type ActionRowProps = { action: Action; hasDevice: boolean; onChanged: (id: string) => void };

/** One action: what, for whom, its state line and what came of it. */
export function ActionRow({ action, hasDevice, onChanged }: ActionRowProps) {
  const { t } = useWords();
  const wordsOf = useActionWords();
  const detailsId = useId();
  const [isOpen, setOpen] = useState(false);
  const device = plainName(action.deviceName);
  return (
    <li className={classes.row}>
      <div className={classes.head}>
        <ActionStateWord state={action.state} />
        <strong>{wordsOf(action.type).label}</strong>
        {hasDevice && (
          <Link href={`/devices/${action.deviceId}`} className={classes.device} title={device}>
            <bdi>{device}</bdi>
          </Link>
        )}
        <span className={classes.when}>
          <RelativeTime at={action.askedAt} />
        </span>
        <span className={classes.buttons}>
          <CancelButton action={action} onChanged={onChanged} />
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
      <ActionSteps action={action} />
      <ActionOutcome action={action} />
      <div id={detailsId}>{isOpen && <ActionDetails action={action} />}</div>
    </li>
  );
}
