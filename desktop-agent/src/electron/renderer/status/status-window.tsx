import { startWindow } from "../frame/start-window.tsx";
import { formatAdviceValues } from "../../model/advice-values.ts";
import type { AdviceReason } from "../../model/advice-reasons.ts";
import { type Advice, adviceOf } from "../../model/advice.ts";
import { formatWhen } from "../../model/format-when.ts";
import { ask } from "../frame/bridge.ts";
import { useClock } from "../frame/clock.ts";
import { WindowFrame } from "../frame/window-frame.tsx";
import { useWindowState } from "../frame/window-state.ts";
import { useTranslations } from "../frame/use-translations.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { Hidden } from "../ui/hidden.tsx";
import { StateShape } from "../ui/state-shape.tsx";
import { AlarmsCard } from "./alarms-card.tsx";
import { ConnectionCard } from "./connection-card.tsx";
import { HourCard } from "./hour-card.tsx";
import { PauseCard } from "./pause-card.tsx";
import classes from "./status-window.module.css";

/** The state of the machine, the reasons, and what the user can do. */
function StatusWindow() {
  const { view, role } = useWindowState();
  const advice = adviceOf(view, role);
  return (
    <WindowFrame
      name="status"
      tools={<AskButton answers={view?.support.unreadAnswers.length ?? 0} />}
      footer={<WindowLinks unread={view?.unreadMessages ?? 0} />}
    >
      <Headline advice={advice} hostname={view?.hostname ?? null} />
      {view?.reboot && <PlannedRebootLine dueAtMs={view.reboot.dueAtMs} />}
      {advice.reasons.length > 0 && <ReasonList reasons={advice.reasons} />}
      {view && view.support.alarms.length > 0 && <AlarmsCard alarms={view.support.alarms} />}
      {view && view.state.kind === "reporting" && <HourCard view={view} />}
      {view && role !== "service-unreachable" && (
        <ConnectionCard view={view} connection={advice.connection} />
      )}
      {view && role !== "service-unreachable" && <PauseCard view={view} />}
    </WindowFrame>
  );
}

const SHAPE_PX = 84;

/** The score in the shape of the state, and one sentence. */
function Headline({ advice, hostname }: { advice: Advice; hostname: string | null }) {
  const { t, formats } = useTranslations();
  const { level, sentence, score } = advice;
  const text = useClock((nowMs) =>
    t(`windows.advice.sentence.${sentence.key}`, formatAdviceValues(sentence.params, formats, nowMs)),
  );
  const label = score === null ? t("windows.status.noScore") : t("windows.status.score", { score });
  return (
    <div className={classes.headline}>
      <StateShape
        state={level}
        value={score}
        label={`${t(`windows.level.${level}`)}. ${label}`}
        sizePx={SHAPE_PX}
      />
      <div className={classes.text}>
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

/** Shows that a reboot is planned, with a button that opens its window. */
function PlannedRebootLine({ dueAtMs }: { dueAtMs: number }) {
  const { t, formats } = useTranslations();
  const time = useClock((nowMs) => formatWhen(dueAtMs, nowMs, formats));
  return (
    <div className={classes.line}>
      <p>{t("windows.status.plannedReboot.text", { time })}</p>
      <Button onClick={() => void ask("open-window", "reboot")}>
        {t("windows.status.plannedReboot.open")}
      </Button>
    </div>
  );
}

const SIGN_PX = 18;

/** All reasons with what the user can do, worst first. */
function ReasonList({ reasons }: { reasons: readonly AdviceReason[] }) {
  const { t } = useTranslations();
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
  const { t, formats } = useTranslations();
  const { key, params, whatToDo, level, lost, about } = reason;
  const what = useClock((nowMs) =>
    t(`windows.advice.reason.${key}`, formatAdviceValues(params, formats, nowMs)),
  );
  return (
    <li className={classes.reason}>
      <StateShape state={level} value={null} label={t(`windows.level.${level}`)} sizePx={SIGN_PX} />
      <div className={classes.reasonText}>
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

/** Opens the window to ask IT, and says when there are new answers. */
function AskButton({ answers }: { answers: number }) {
  const { t } = useTranslations();
  return (
    <Button look={answers > 0 ? "main" : "default"} onClick={() => void ask("open-window", "ask")}>
      {answers > 0 ? t("windows.status.askNew", { count: answers }) : t("windows.status.ask")}
    </Button>
  );
}

/** Buttons that open the other windows. */
function WindowLinks({ unread }: { unread: number }) {
  const { t } = useTranslations();
  const messages =
    unread > 0 ? t("windows.frame.links.messagesNew", { count: unread }) : t("windows.frame.links.messages");
  const links = [
    { name: "messages", text: messages },
    { name: "record", text: t("windows.frame.links.record") },
    { name: "log", text: t("windows.frame.links.log") },
    { name: "setup", text: t("windows.frame.links.setup") },
  ] as const;
  return (
    <nav className={classes.links} aria-label={t("windows.frame.windows")}>
      {links.map(({ name, text }) => (
        <Button
          key={name}
          look="subtle"
          data-new={name === "messages" && unread > 0}
          onClick={() => void ask("open-window", name)}
        >
          {text}
        </Button>
      ))}
    </nav>
  );
}

startWindow("status", StatusWindow);
