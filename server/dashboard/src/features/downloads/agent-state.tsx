import type { AgentOffer, ArtefactProblem } from "@muster/shared/contracts/artefact.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { CodeLine } from "../../ui/code-line.tsx";
import { StateLabel } from "../../ui/state-label.tsx";
import { useSession } from "../session/session-context.tsx";
import classes from "./downloads-page.module.css";

/** Whether an agent can be downloaded; if not, why, and what to do. */
export function AgentState({ offer }: { offer: AgentOffer }) {
  const { t } = useTranslations();
  const { artefact, isBuilding, problem } = offer;
  if (isBuilding) return <StateLabel state="waiting">{t("downloads.state.building")}</StateLabel>;
  if (artefact) {
    return (
      <>
        <StateLabel state="ok">{t("downloads.state.ready")}</StateLabel>
        {problem && (
          <Problem
            text={`${t("downloads.lastFailed")} ${t(`downloads.problem.${problem.code}`)}`}
            problem={problem}
          />
        )}
      </>
    );
  }
  if (!problem) return null;
  if (problem.at === null) return <Missing offer={offer} />;
  return (
    <>
      <StateLabel state="critical">{t("downloads.state.failed")}</StateLabel>
      <Problem text={t(`downloads.problem.${problem.code}`)} problem={problem} />
    </>
  );
}

function Missing({ offer: { system, canBuild } }: { offer: AgentOffer }) {
  const { t } = useTranslations();
  const { isServerAdmin } = useSession();
  const command = canBuild
    ? `npx muster artefacts build --system ${system}`
    : `npx muster artefacts add --system ${system} --version VERSION FILE`;
  return (
    <>
      <StateLabel state="unknown">{t("downloads.state.missing")}</StateLabel>
      <p className={classes.hint}>
        {canBuild
          ? t(isServerAdmin ? "downloads.hint.build" : "downloads.hint.ask")
          : t("downloads.hint.add")}
      </p>
      {!(canBuild && isServerAdmin) && (
        <div className={classes.command}>
          <CodeLine text={command} label={t("settings.enrol.copy")} />
        </div>
      )}
    </>
  );
}

function Problem({ text, problem }: { text: string; problem: ArtefactProblem }) {
  const { t } = useTranslations();
  return (
    <div className={classes.hint}>
      {text}
      <details>
        <summary>{t("downloads.details")}</summary>
        <bdi>{problem.message}</bdi>
      </details>
    </div>
  );
}
