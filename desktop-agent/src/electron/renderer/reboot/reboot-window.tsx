import type { PlannedReboot } from "@muster/shared/contracts/local-agent.ts";
import { useState } from "react";
import { startWindow } from "../frame/start-window.tsx";
import { whenOf } from "../../model/when-of.ts";
import { useClock } from "../frame/clock.ts";
import { useWish } from "../frame/use-wish.ts";
import { WindowFrame } from "../frame/window-frame.tsx";
import { useWindowState } from "../frame/window-state.ts";
import { useWords } from "../frame/words.ts";
import { Hidden } from "../ui/hidden.tsx";
import { MessageState } from "../ui/message-state.tsx";
import { NoticeLine } from "../ui/notice-line.tsx";
import { StateShape } from "../ui/state-shape.tsx";
import { ALLOWED_ID, clockText, momentOf } from "./reboot-choices.ts";
import { RebootTimes } from "./reboot-times.tsx";
import classes from "./reboot-window.module.css";

/** The planned reboot: who asks, why, when, and how its person may move it. */
function RebootWindow() {
  const { t } = useWords();
  const { view } = useWindowState();
  const wish = useWish();
  // What came of the last wish stays to be read when the reboot that it was about is over.
  const [isTold, setIsTold] = useState(false);
  const reboot = view?.reboot ?? null;
  return (
    <WindowFrame name="reboot">
      {reboot ? (
        <>
          <RebootDetails reboot={reboot} />
          <RebootTimes key={reboot.actionId} reboot={reboot} wish={wish} told={() => setIsTold(true)} />
        </>
      ) : (
        <MessageState
          title={t(view ? "windows.reboot.none" : "windows.frame.loading")}
          hint={view ? t("windows.reboot.noneHint") : undefined}
        />
      )}
      {(reboot || isTold) && <NoticeLine notice={wish.notice} />}
    </WindowFrame>
  );
}

const SIGN_PX = 18;

/** Who asks and why, the countdown, and what makes now a bad moment. */
function RebootDetails({ reboot }: { reboot: PlannedReboot }) {
  const { t, formats } = useWords();
  const { askedBy, reason, latestAtMs, dueAtMs, postponementsLeft, warnings } = reboot;
  const latest = useClock((nowMs) => whenOf(latestAtMs, nowMs, formats));
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
              <StateShape state="warn" figure={null} label={t("windows.level.warn")} sizePx={SIGN_PX} />
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

/** Counts down each second for the eye, and at a few moments for the ear. */
export function Countdown({ dueAtMs }: { dueAtMs: number }) {
  const { t, formats } = useWords();
  const clock = useClock((nowMs) => clockText(dueAtMs - nowMs));
  const isSoon = useClock((nowMs) => dueAtMs - nowMs <= SOON_MS);
  const isDue = useClock((nowMs) => dueAtMs <= nowMs);
  const moment = useClock((nowMs) => momentOf(dueAtMs - nowMs));
  const time = useClock((nowMs) => whenOf(dueAtMs, nowMs, formats));
  const said = isDue
    ? t("windows.reboot.due")
    : moment !== null && t("windows.reboot.leftSaid", { time: formats.duration(moment) });
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
        <span role="status">{said}</span>
      </Hidden>
    </div>
  );
}

startWindow("reboot", RebootWindow);
