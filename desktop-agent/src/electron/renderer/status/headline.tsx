import type { Advice } from "../../model/advice.ts";
import { wordFigures } from "../../model/advice-figures.ts";
import { useClock } from "../frame/clock.ts";
import { useWords } from "../frame/words.ts";
import { StateShape } from "../ui/state-shape.tsx";
import classes from "./headline.module.css";

const SHAPE_PX = 84;

/** The number in its shape, and one sentence. */
export function Headline({ advice, hostname }: { advice: Advice; hostname: string | null }) {
  const { t, formats } = useWords();
  const { level, sentence, score } = advice;
  const text = useClock((nowMs) =>
    t(`windows.advice.sentence.${sentence.key}`, wordFigures(sentence.params, formats, nowMs)),
  );
  const label = score === null ? t("windows.status.noScore") : t("windows.status.score", { score });
  return (
    <div className={classes.headline}>
      <StateShape
        state={level}
        figure={score}
        label={`${t(`windows.level.${level}`)}. ${label}`}
        sizePx={SHAPE_PX}
      />
      <div className={classes.words}>
        {hostname !== null && (
          <p className={classes.host} dir="auto" title={hostname}>
            {hostname}
          </p>
        )}
        <p className={classes.sentence} role="status">
          {text}
        </p>
        {level !== "unknown" && (
          <p className={classes.level} data-level={level}>
            {t(`windows.level.${level}`)}
          </p>
        )}
      </div>
    </div>
  );
}
