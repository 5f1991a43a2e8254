import type { LocalView } from "@muster/shared/contracts/local-agent.ts";
import { connectionProblemIn } from "@muster/shared/system-errors.ts";
import type { Connection } from "../../model/connection.ts";
import { ask } from "../frame/bridge.ts";
import { useRequest } from "../frame/use-request.ts";
import { useTranslations } from "../frame/use-translations.ts";
import { Button } from "../ui/button.tsx";
import { ErrorDetails } from "../ui/error-details.tsx";
import { Card } from "../ui/card.tsx";
import { NoticeLine } from "../ui/notice-line.tsx";
import { RelativeTime } from "../ui/relative-time.tsx";
import { pendingTexts } from "./status-texts.ts";
import classes from "./connection-card.module.css";

type ConnectionCardProps = { view: LocalView; connection: Connection };

/** The server, the time of the last report, and what is waiting. */
export function ConnectionCard({ view, connection }: ConnectionCardProps) {
  const { t } = useTranslations();
  const { notice, isBusy, send } = useRequest();
  const isReporting = view.state.kind === "reporting";
  // In any other state nothing is sent, so the result of the last report says nothing about the present.
  const isInTouch = isReporting || view.state.kind === "paused";
  return (
    <Card
      title={t("windows.status.connection.title")}
      tools={isInTouch && connection.kind !== "none" && <ConnectionState kind={connection.kind} />}
    >
      {connection.kind === "none" ? (
        <p>{t("windows.status.connection.none")}</p>
      ) : (
        <ConnectionFacts view={view} connection={connection} />
      )}
      {isReporting && (
        <Button
          aria-disabled={isBusy}
          onClick={() => send(() => ask("check-now"), t("windows.status.connection.checked"))}
        >
          {t(`windows.status.connection.${isBusy ? "checking" : "checkNow"}`)}
        </Button>
      )}
      <NoticeLine notice={notice} />
    </Card>
  );
}

type Known = Exclude<Connection, { kind: "none" }>;

function ConnectionState({ kind }: { kind: Known["kind"] }) {
  const { t } = useTranslations();
  return (
    <span className={classes.state} data-kind={kind}>
      {t(`windows.status.connection.state.${kind}`)}
    </span>
  );
}

/** A known problem in the language of the window, with the agent's own text on demand. */
function ConnectionProblemText({ text }: { text: string }) {
  const { t } = useTranslations();
  const problem = connectionProblemIn(text);
  if (problem === null) return <code>{text}</code>;
  return (
    <>
      {t(`windows.setup.problem.${problem}`)}
      <ErrorDetails text={text} />
    </>
  );
}

function ConnectionFacts({ view, connection }: { view: LocalView; connection: Known }) {
  const { t, formats } = useTranslations();
  const { enrolled, agent } = view;
  const organization = enrolled?.organization ?? t("windows.status.connection.organizationUnknown");
  const waiting = pendingTexts(view, t);
  const variantKey = agent.variant === "tray" ? "agentInTray" : "agentInService";
  return (
    <dl className={classes.facts}>
      <dt>{t("windows.status.connection.server")}</dt>
      <dd>{enrolled?.server}</dd>
      <dt>{t("windows.status.connection.organization")}</dt>
      <dd dir="auto">{organization}</dd>
      <dt>{t("windows.status.connection.delivered")}</dt>
      <dd>
        {connection.lastDeliveredAtMs === null ? (
          t("windows.status.connection.never")
        ) : (
          <RelativeTime atMs={connection.lastDeliveredAtMs} />
        )}
      </dd>
      {connection.kind === "unreached" && (
        <>
          <dt>{t("windows.status.connection.problem")}</dt>
          <dd>
            <ConnectionProblemText text={connection.problem} />
          </dd>
        </>
      )}
      <dt>{t("windows.status.connection.waiting")}</dt>
      <dd>{waiting.length > 0 ? formats.list(waiting) : t("windows.status.connection.nothingWaits")}</dd>
      <dt>{t("windows.status.connection.agent")}</dt>
      <dd>{t(`windows.status.connection.${variantKey}`, { version: agent.version })}</dd>
    </dl>
  );
}
