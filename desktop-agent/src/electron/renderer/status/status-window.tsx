import { startWindow } from "../frame/start-window.tsx";
import { wordFigures } from "../../model/advice-figures.ts";
import type { AdviceReason } from "../../model/advice-reasons.ts";
import { type Advice, adviceOf } from "../../model/advice.ts";
import { whenOf } from "../../model/when-of.ts";
import { ask } from "../frame/bridge.ts";
import { useClock } from "../frame/clock.ts";
import { WindowFrame } from "../frame/window-frame.tsx";
import { useWindowState } from "../frame/window-state.ts";
import { useWords } from "../frame/words.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { Hidden } from "../ui/hidden.tsx";
import { StateShape } from "../ui/state-shape.tsx";
import { ConnectionCard } from "./connection-card.tsx";
import { HourCard } from "./hour-card.tsx";
import { PauseCard } from "./pause-card.tsx";
import classes from "./status-window.module.css";

/** How the machine is at a glance, why, and what its person can do. */
function StatusWindow() {
  const { view, role } = useWindowState();
  const advice = adviceOf(view, role);
  return (
    <WindowFrame name="status" footer={<WindowLinks unread={view?.unreadMessages ?? 0} />}>
      <Headline advice={advice} hostname={view?.hostname ?? null} />
      {view?.reboot && <PlannedRebootLine dueAtMs={view.reboot.dueAtMs} />}
      {advice.reasons.length > 0 && <ReasonList reasons={advice.reasons} />}
      {view && view.state.kind === "reporting" && <HourCard view={view} />}
      {view && role !== "service-silent" && <ConnectionCard view={view} connection={advice.connection} />}
      {view && role !== "service-silent" && <PauseCard view={view} />}
    </WindowFrame>
  );
}

const SHAPE_PX = 84;

/** The number in its shape, and one sentence. */
function Headline({ advice, hostname }: { advice: Advice; hostname: string | null }) {
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

/** That a reboot is planned, and the way to its window. */
function PlannedRebootLine({ dueAtMs }: { dueAtMs: number }) {
  const { t, formats } = useWords();
  const time = useClock((nowMs) => whenOf(dueAtMs, nowMs, formats));
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

/** Every reason with what the person can do about it, worst first. */
function ReasonList({ reasons }: { reasons: readonly AdviceReason[] }) {
  const { t } = useWords();
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
  const { t, formats } = useWords();
  const { key, params, whatToDo, level, lost, about } = reason;
  const what = useClock((nowMs) => t(`windows.advice.reason.${key}`, wordFigures(params, formats, nowMs)));
  return (
    <li className={classes.reason}>
      <StateShape state={level} figure={null} label={t(`windows.level.${level}`)} sizePx={SIGN_PX} />
      <div className={classes.reasonListWords}>
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

/** The way to the other windows. */
function WindowLinks({ unread }: { unread: number }) {
  const { t } = useWords();
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
          look="quiet"
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
