import type { LocalView } from "@muster/shared/contracts/local-agent.ts";
import { pauseChoices } from "../../model/pause-choices.ts";
import { ask } from "../frame/bridge.ts";
import { useRequest } from "../frame/use-request.ts";
import { useTranslations } from "../frame/use-translations.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { NoticeLine } from "../ui/notice-line.tsx";
import { pauseLabel } from "./status-texts.ts";
import classes from "./pause-card.module.css";

/** Pauses and resumes within the organization's limit, or explains why that is not possible. */
export function PauseCard({ view }: { view: Pick<LocalView, "state" | "pause"> }) {
  const { t, formats } = useTranslations();
  const { notice, isBusy, send } = useRequest();
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
          onClick={() => send(() => ask("resume"), t("windows.status.pause.resumed"))}
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
                onClick={() => send(() => ask("pause", forMs), t("windows.status.pause.done"))}
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
