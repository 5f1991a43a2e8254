import type { LocalView } from "@muster/shared/contracts/local-agent.ts";
import { pauseChoices } from "../../model/pause-choices.ts";
import { ask } from "../frame/bridge.ts";
import { useWish } from "../frame/use-wish.ts";
import { useWords } from "../frame/words.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { NoticeLine } from "../ui/notice-line.tsx";
import { pauseLabel } from "./status-texts.ts";
import classes from "./pause-card.module.css";

/** Pause and resume within what the organization allows, or why not. */
export function PauseCard({ view }: { view: Pick<LocalView, "state" | "pause"> }) {
  const { t, formats } = useWords();
  const { notice, isBusy, make } = useWish();
  const choices = pauseChoices(view);
  if (choices.kind === "none" && choices.why === "not-reporting") return null;

  return (
    <Card title={t("windows.status.pause.title")}>
      {choices.kind === "none" && (
        <p className={classes.hint}>
          {t(`windows.refused.${choices.why === "forbidden" ? "pause-forbidden" : "not-at-console"}`)}
        </p>
      )}
      {choices.kind === "resume" && (
        <Button
          look="main"
          aria-disabled={isBusy}
          onClick={() => make(() => ask("resume"), t("windows.status.pause.resumed"))}
        >
          {t("windows.status.pause.resume")}
        </Button>
      )}
      {choices.kind === "offered" && (
        <>
          <div className={classes.choices}>
            {choices.choicesMs.map((forMs) => (
              <Button
                key={forMs}
                aria-disabled={isBusy}
                onClick={() => make(() => ask("pause", forMs), t("windows.status.pause.done"))}
              >
                {pauseLabel(forMs, view.pause.longestMs, t, formats)}
              </Button>
            ))}
          </div>
          <p className={classes.hint}>{t("windows.status.pause.hint")}</p>
        </>
      )}
      <NoticeLine notice={notice} />
    </Card>
  );
}
