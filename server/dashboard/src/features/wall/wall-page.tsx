import { Button } from "@mantine/core";
import { Expand, Unplug } from "lucide-react";
import { useState } from "react";
import { Redirect } from "wouter";
import { ApiError } from "../../api/api-error.ts";
import { useFormats, useTranslations } from "../../i18n/translations.tsx";
import { useClock } from "../../ui/clock.ts";
import { FailureState } from "../../ui/failure-state.tsx";
import { MessageState } from "../../ui/message-state.tsx";
import { StateIcon, type StateName } from "../../ui/state-icon.tsx";
import { usePageTitle } from "../../ui/use-page-title.ts";
import { loginPath } from "../session/return-path.ts";
import { useWallData } from "./use-wall-data.ts";
import { WallAlarms } from "./wall-alarms.tsx";
import { forgetWallKey, takeWallKey } from "./wall-key.ts";
import classes from "./wall.module.css";

/** The fleet and its open alarms for a large screen: no buttons to act, readable from afar, never older than it says. */
export function WallPage() {
  const { t } = useTranslations();
  usePageTitle(t("wall.title"));
  const [key, setKey] = useState(takeWallKey);
  const { error, ...data } = useWallData(key);
  if (isUnauthorized(error)) {
    if (key === null) return <Redirect to={loginPath("/wall", "")} replace />;
    return (
      <main className={classes.message}>
        <MessageState
          icon={<Unplug size={26} />}
          title={t("wall.revoked")}
          text={t("wall.revokedHint")}
          isPage
        >
          <Button
            variant="default"
            onClick={() => {
              forgetWallKey();
              setKey(null);
            }}
          >
            {t("session.login.submit")}
          </Button>
        </MessageState>
      </main>
    );
  }
  if (!data.summary || !data.counts || !data.alarms) {
    return (
      <main className={classes.message}>
        {error && <FailureState error={error} retry={data.retry} isPage />}
      </main>
    );
  }
  const { summary, counts, alarms } = data;
  const { health, presence, attention } = summary;
  return (
    <main className={classes.wall}>
      <header className={classes.head}>
        <h1>
          <bdi>{data.organization ?? t("wall.title")}</bdi>
        </h1>
        <Freshness updatedAt={data.updatedAt} hasFailed={error !== null} />
        <FullScreenButton />
      </header>
      <dl className={classes.figures}>
        <Figure state="critical" label={t("wall.criticalAlarms")} count={counts.critical} />
        <Figure state="warn" label={t("wall.warningAlarms")} count={counts.warning} />
        <Figure state="warn" label={t("wall.attention")} count={attention.warn + attention.critical} />
        <Figure state="ok" label={t("wall.well")} count={health.ok} />
        <Figure
          state="offline"
          label={t("wall.absent")}
          count={(presence.offline ?? 0) + (presence.expired ?? 0)}
        />
        <Figure state="asleep" label={t("wall.asleep")} count={presence.asleep ?? 0} />
        <Figure state="maintenance" label={t("wall.maintenance")} count={presence.maintenance ?? 0} />
      </dl>
      <WallAlarms alarms={alarms} total={counts.total} />
    </main>
  );
}

function isUnauthorized(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401;
}

function Figure({ state, label, count }: { state: StateName; label: string; count: number }) {
  const formats = useFormats();
  return (
    <div className={classes.figure} data-zero={count === 0 || undefined} data-state={state}>
      <dt>
        <StateIcon state={state} size={22} isDecorative />
        {label}
      </dt>
      <dd>{formats.whole(count)}</dd>
    </div>
  );
}

/** A display that shows what was true an hour ago is worse than none, so it says how old it is. */
function Freshness({ updatedAt, hasFailed }: { updatedAt: number; hasFailed: boolean }) {
  const { t } = useTranslations();
  const formats = useFormats();
  const time = useClock((nowMs) => formats.clock(nowMs));
  if (!hasFailed) return <p className={classes.time}>{time}</p>;
  return (
    <p className={classes.stale} role="alert">
      <StateIcon state="critical" isDecorative />
      {t("wall.stale", { time: formats.minute(updatedAt) })}
    </p>
  );
}

function FullScreenButton() {
  const { t } = useTranslations();
  if (!document.fullscreenEnabled) return null;
  return (
    <Button
      className={classes.fullScreen}
      variant="subtle"
      leftSection={<Expand size={16} />}
      onClick={() => void document.documentElement.requestFullscreen()}
    >
      {t("wall.fullScreen")}
    </Button>
  );
}
