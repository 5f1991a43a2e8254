import { wordFigures } from "../../model/advice-figures.ts";
import type { AdviceReason } from "../../model/advice-reasons.ts";
import { ask } from "../frame/bridge.ts";
import { useClock } from "../frame/clock.ts";
import { useWords } from "../frame/words.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { Hidden } from "../ui/hidden.tsx";
import { StateShape } from "../ui/state-shape.tsx";
import classes from "./reason-list.module.css";

const SIGN_PX = 18;

/** Every reason with what the person can do about it, worst first. */
export function ReasonList({ reasons }: { reasons: readonly AdviceReason[] }) {
  const { t } = useWords();
  const leadsToSetup = reasons.some(({ whatToDo }) => whatToDo === "setUp" || whatToDo === "setUpAgain");
  return (
    <Card title={t("windows.status.reasons")}>
      <ul className={classes.reasons}>
        {reasons.map((reason) => (
          <Reason key={reason.key} reason={reason} />
        ))}
      </ul>
      {leadsToSetup && (
        <Button look="main" onClick={() => void ask("open-window", "setup")}>
          {t("windows.status.setUp")}
        </Button>
      )}
    </Card>
  );
}

function Reason({ reason }: { reason: AdviceReason }) {
  const { t, formats } = useWords();
  const { key, params, whatToDo, level, lost, about } = reason;
  const what = useClock((nowMs) => t(`windows.advice.reason.${key}`, wordFigures(params, formats, nowMs)));
  return (
    <li className={classes.reason}>
      <StateShape state={level} figure={null} label={t(`windows.level.${level}`)} sizePx={SIGN_PX} />
      <div className={classes.words}>
        <p className={classes.what}>{what}</p>
        {about !== null && <code dir="auto">{about}</code>}
        <p className={classes.whatToDo}>{t(`windows.advice.whatToDo.${whatToDo}`)}</p>
      </div>
      {lost !== null && lost > 0 && (
        <span className={classes.lost} title={t("windows.status.lost", { count: lost })}>
          <span aria-hidden="true">{`−${formats.whole(lost)}`}</span>
          <Hidden>{t("windows.status.lost", { count: lost })}</Hidden>
        </span>
      )}
    </li>
  );
}
