import type { LocalView } from "@muster/shared/contracts/local-agent.ts";
import type { Connection } from "../../model/connection.ts";
import { ask } from "../frame/bridge.ts";
import { useWish } from "../frame/use-wish.ts";
import { useWords } from "../frame/words.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { NoticeLine } from "../ui/notice-line.tsx";
import { RelativeTime } from "../ui/relative-time.tsx";
import { waitingParts } from "./status-texts.ts";
import classes from "./connection-card.module.css";

type ConnectionCardProps = { view: LocalView; connection: Connection };

/** The server, when it last heard of this machine, and what waits. */
export function ConnectionCard({ view, connection }: ConnectionCardProps) {
  const { t } = useWords();
  const { notice, isBusy, make } = useWish();
  const isReporting = view.state.kind === "reporting";
  // Whatever else it does, it sends nothing: how its last report went says nothing of now.
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
          onClick={() => make(() => ask("check-now"), t("windows.status.connection.checked"))}
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
  const { t } = useWords();
  return (
    <span className={classes.state} data-kind={kind}>
      {t(`windows.status.connection.state.${kind}`)}
    </span>
  );
}

function ConnectionFacts({ view, connection }: { view: LocalView; connection: Known }) {
  const { t, formats } = useWords();
  const { enrolled, agent } = view;
  const organization = enrolled?.organization ?? t("windows.status.connection.organizationUnknown");
  const waiting = waitingParts(view, t);
  const place = agent.variant === "tray" ? "agentInTray" : "agentInService";
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
            <code>{connection.problem}</code>
          </dd>
        </>
      )}
      <dt>{t("windows.status.connection.waiting")}</dt>
      <dd>{waiting.length > 0 ? formats.list(waiting) : t("windows.status.connection.nothingWaits")}</dd>
      <dt>{t("windows.status.connection.agent")}</dt>
      <dd>{t(`windows.status.connection.${place}`, { version: agent.version })}</dd>
    </dl>
  );
}
