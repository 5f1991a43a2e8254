import { Button, Radio } from "@mantine/core";
import type { ActionType } from "@muster/shared/actions/catalog.ts";
import { useState } from "react";
import { useWords } from "../../i18n/words.tsx";
import type { OfferedAction } from "./action-catalog.ts";
import classes from "./action-dialog.module.css";
import { DangerMark } from "./danger-mark.tsx";
import { useActionWords } from "./use-action-words.ts";

type ActionChoiceProps = {
  offered: readonly OfferedAction[];
  chosen: OfferedAction;
  onChoose: (type: ActionType) => void;
};

/** What is to be done. A person came by the button of one action, so the others are folded away: one line for each that the role allows. */
export function ActionChoice({ offered, chosen, onChoose }: ActionChoiceProps) {
  const { t } = useWords();
  const wordsOf = useActionWords();
  const [isOpen, setOpen] = useState(false);
  if (!isOpen) {
    return (
      <div className={classes.chosen}>
        <div>
          <Line action={chosen} />
          <p className={classes.description}>{wordsOf(chosen.type).description}</p>
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
            description={wordsOf(action.type).description}
          />
        ))}
      </div>
    </Radio.Group>
  );
}

function Line({ action: { type, definition } }: { action: OfferedAction }) {
  const wordsOf = useActionWords();
  return (
    <span className={classes.line}>
      <strong>{wordsOf(type).label}</strong> <DangerMark danger={definition.impact} />
    </span>
  );
}
