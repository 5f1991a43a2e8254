import type { PlannedReboot } from "@muster/shared/contracts/local-agent.ts";
import { useState } from "react";
import { startWindow } from "../frame/start-window.tsx";
import { formatWhen } from "../../model/format-when.ts";
import { useClock } from "../frame/clock.ts";
import { useRequest } from "../frame/use-request.ts";
import { WindowFrame } from "../frame/window-frame.tsx";
import { useWindowState } from "../frame/window-state.ts";
import { useTranslations } from "../frame/use-translations.ts";
import { Hidden } from "../ui/hidden.tsx";
import { MessageState } from "../ui/message-state.tsx";
import { NoticeLine } from "../ui/notice-line.tsx";
import { StateShape } from "../ui/state-shape.tsx";
import { ALLOWED_ID, countdownText, lastAnnouncementMs } from "./reboot-schedule.ts";
import { RebootForm } from "./reboot-form.tsx";
import classes from "./reboot-window.module.css";

/** The planned reboot: who requested it, why, when, and how the user can reschedule it. */
function RebootWindow() {
  const { t } = useTranslations();
  const { view } = useWindowState();
  const request = useRequest();
  // The result of the last request stays visible when its reboot is over.
  const [hasRequested, setHasRequested] = useState(false);
  const reboot = view?.reboot ?? null;
  return (
    <WindowFrame name="reboot">
      {reboot ? (
        <>
          <RebootDetails reboot={reboot} />
          <RebootForm
            key={reboot.actionId}
            reboot={reboot}
            request={request}
            requested={() => setHasRequested(true)}
          />
        </>
      ) : (
        <MessageState
          title={t(view ? "windows.reboot.none" : "windows.frame.loading")}
          hint={view ? t("windows.reboot.noneHint") : undefined}
        />
      )}
      {(reboot || hasRequested) && <NoticeLine notice={request.notice} />}
    </WindowFrame>
  );
}

const SIGN_PX = 18;

/** Who requested the reboot and why, the countdown, and warnings. */
function RebootDetails({ reboot }: { reboot: PlannedReboot }) {
  const { t, formats } = useTranslations();
  const { askedBy, reason, latestAtMs, dueAtMs, postponementsLeft, warnings } = reboot;
  const latest = useClock((nowMs) => formatWhen(latestAtMs, nowMs, formats));
  return (
    <>
      <p className={classes.asks} dir="auto">
        {askedBy === null ? t("windows.reboot.asksIt") : t("windows.reboot.asks", { name: askedBy })}
      </p>
      <section className={classes.reason}>
        <h2>{t("windows.reboot.reason")}</h2>
        <p dir="auto">{reason.trim() === "" ? t("windows.reboot.noReason") : reason}</p>
      </section>
      <Countdown dueAtMs={dueAtMs} />
      {warnings.length > 0 && (
        <section className={classes.warnings}>
          <h2>{t("windows.reboot.warning.title")}</h2>
          {warnings.map((warning) => (
            <p key={warning}>
              <StateShape state="warn" value={null} label={t("windows.level.warn")} sizePx={SIGN_PX} />
              <span>{t(`windows.reboot.warning.${warning}`)}</span>
            </p>
          ))}
        </section>
      )}
      <p id={ALLOWED_ID} className={classes.allowed}>
        {postponementsLeft === 0
          ? t("windows.reboot.noPostponements")
          : t("windows.reboot.postponements", { count: postponementsLeft })}{" "}
        {latestAtMs > dueAtMs && t("windows.reboot.latest", { time: latest })}
      </p>
    </>
  );
}

const SOON_MS = 5 * 60_000;

/** Counts down each second; screen readers announce only a few of the remaining times. */
export function Countdown({ dueAtMs }: { dueAtMs: number }) {
  const { t, formats } = useTranslations();
  const clock = useClock((nowMs) => countdownText(dueAtMs - nowMs));
  const isSoon = useClock((nowMs) => dueAtMs - nowMs <= SOON_MS);
  const isDue = useClock((nowMs) => dueAtMs <= nowMs);
  const remainingMs = useClock((nowMs) => lastAnnouncementMs(dueAtMs - nowMs));
  const time = useClock((nowMs) => formatWhen(dueAtMs, nowMs, formats));
  const announcement = isDue
    ? t("windows.reboot.due")
    : remainingMs !== null && t("windows.reboot.leftSaid", { time: formats.duration(remainingMs) });
  return (
    <div className={classes.countdown}>
      <p className={classes.label}>{isDue ? t("windows.reboot.due") : t("windows.reboot.left")}</p>
      <p className={classes.clock} data-soon={isSoon} role="timer" aria-live="off">
        {clock}
      </p>
      <p className={classes.label}>
        <time dateTime={new Date(dueAtMs).toISOString()} title={formats.exact(dueAtMs)}>
          {t("windows.reboot.at", { time })}
        </time>
      </p>
      <Hidden>
        <span role="status">{announcement}</span>
      </Hidden>
    </div>
  );
}

startWindow("reboot", RebootWindow);
