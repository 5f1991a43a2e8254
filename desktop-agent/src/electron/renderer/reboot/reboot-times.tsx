import type { PlannedReboot } from "@muster/shared/contracts/local-agent.ts";
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { whenOf } from "../../model/when-of.ts";
import { ask } from "../frame/bridge.ts";
import { useClock } from "../frame/clock.ts";
import type { Wish } from "../frame/use-wish.ts";
import { useWords } from "../frame/words.ts";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import {
  ALLOWED_ID,
  fromLocalInput,
  type RebootChoice,
  rebootChoices,
  rebootRange,
  toLocalInput,
} from "./reboot-choices.ts";
import classes from "./reboot-times.module.css";

const MINUTE_MS = 60_000;
const TOO_LATE_ID = "too-late";
const DESCRIBED_BY = { tooLate: TOO_LATE_ID, noneLeft: ALLOWED_ID };

type RebootTimesProps = { reboot: PlannedReboot; wish: Wish; told: () => void };

/** Now, in an hour, tonight, or a time to pick. What is not possible says why not. */
export function RebootTimes({ reboot, wish, told }: RebootTimesProps) {
  const { t, formats } = useWords();
  const [isPicking, setIsPicking] = useState(false);
  const minute = useClock((nowMs) => Math.floor(nowMs / MINUTE_MS));
  const choices = rebootChoices(reboot, minute * MINUTE_MS);
  const latest = whenOf(reboot.latestAtMs, minute * MINUTE_MS, formats);

  function move(toMs: number): void {
    told();
    const text = t("windows.reboot.moved", { time: whenOf(toMs, Date.now(), formats) });
    wish.make(() => ask("postpone", reboot.actionId, toMs), text);
    setIsPicking(false);
  }
  function goNow(): void {
    told();
    wish.make(() => ask("postpone", reboot.actionId, Date.now()), t("windows.reboot.going"));
  }
  function choose({ time, toMs, whyNot }: RebootChoice): void {
    if (whyNot !== null || wish.isBusy) return;
    if (time === "hour") return move(Date.now() + 60 * MINUTE_MS);
    if (toMs === null) return setIsPicking((before) => !before);
    move(toMs);
  }

  return (
    <section className={classes.times} aria-label={t("windows.reboot.when")}>
      <div className={classes.choices}>
        <RebootNow isBusy={wish.isBusy} confirmed={goNow} />
        {choices.map((choice) => (
          <Button
            key={choice.time}
            aria-disabled={choice.whyNot !== null || wish.isBusy}
            aria-describedby={choice.whyNot === null ? undefined : DESCRIBED_BY[choice.whyNot]}
            aria-expanded={choice.time === "pick" ? isPicking : undefined}
            onClick={() => choose(choice)}
          >
            {choice.time === "tonight" && choice.toMs !== null
              ? t("windows.reboot.tonight", { time: formats.clock(choice.toMs) })
              : t(`windows.reboot.${choice.time === "hour" ? "hour" : "pick"}`)}
          </Button>
        ))}
      </div>
      {choices.some(({ whyNot }) => whyNot === "tooLate") && (
        <p id={TOO_LATE_ID} className={classes.why}>
          {t("windows.reboot.tooLate", { time: latest })}
        </p>
      )}
      {isPicking && <TimePicker reboot={reboot} picked={move} />}
    </section>
  );
}

/** Reboots at once after a question: what is not saved would be lost. */
function RebootNow({ isBusy, confirmed }: { isBusy: boolean; confirmed: () => void }) {
  const { t } = useWords();
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <Button look="main" aria-disabled={isBusy} onClick={() => !isBusy && setIsAsking(true)}>
        {t("windows.reboot.now")}
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={t("windows.reboot.sure")}
          confirm={t("windows.reboot.sureNow")}
          cancel={t("windows.reboot.notYet")}
          confirmed={confirmed}
          closed={() => setIsAsking(false)}
        />
      )}
    </>
  );
}

/** A day and time within what is allowed, in this device's own time. */
function TimePicker({ reboot, picked }: { reboot: PlannedReboot; picked: (toMs: number) => void }) {
  const { t, formats } = useWords();
  const id = useId();
  const minute = useClock((nowMs) => Math.floor(nowMs / MINUTE_MS));
  const { fromMs, untilMs } = rebootRange(reboot, minute * MINUTE_MS);
  const [text, setText] = useState(() => toLocalInput(Math.min(untilMs, fromMs + 30 * MINUTE_MS)));
  const [isWrong, setIsWrong] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  // It opens below the buttons, where a low window ends.
  useEffect(() => {
    form.current?.scrollIntoView({ block: "nearest" });
  }, []);

  function submit(event: FormEvent): void {
    event.preventDefault();
    const toMs = fromLocalInput(text);
    const isAllowed = toMs !== null && toMs >= fromMs && toMs <= untilMs;
    setIsWrong(!isAllowed);
    if (isAllowed) picked(toMs);
  }

  return (
    <form ref={form} className={classes.picker} onSubmit={submit} noValidate>
      <label htmlFor={id}>{t("windows.reboot.pickLabel")}</label>
      <div className={classes.row}>
        <input
          id={id}
          type="datetime-local"
          value={text}
          min={toLocalInput(fromMs)}
          max={toLocalInput(untilMs)}
          required
          aria-invalid={isWrong}
          aria-describedby={`${id}-wrong`}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" look="main">
          {t("windows.reboot.set")}
        </Button>
      </div>
      <p id={`${id}-wrong`} className={classes.wrong} role="alert">
        {isWrong &&
          t("windows.reboot.outOfRange", { from: formats.minute(fromMs), to: formats.minute(untilMs) })}
      </p>
    </form>
  );
}
