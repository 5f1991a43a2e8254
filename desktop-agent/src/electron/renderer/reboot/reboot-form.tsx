import type { PlannedReboot } from "@muster/shared/contracts/local-agent.ts";
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { formatWhen } from "../../model/format-when.ts";
import { ask } from "../frame/bridge.ts";
import { useClock } from "../frame/clock.ts";
import type { UserRequest } from "../frame/use-request.ts";
import { useTranslations } from "../frame/use-translations.ts";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import {
  ALLOWED_ID,
  fromLocalInput,
  type RebootChoice,
  rebootChoices,
  rebootRange,
  toLocalInput,
} from "./reboot-schedule.ts";
import classes from "./reboot-form.module.css";

const MINUTE_MS = 60_000;
const TOO_LATE_ID = "too-late";
const DESCRIBED_BY = { tooLate: TOO_LATE_ID, noneLeft: ALLOWED_ID };

type RebootFormProps = { reboot: PlannedReboot; request: UserRequest; requested: () => void };

/** Reboots now, in an hour, tonight or at a chosen time. A choice that is not possible has an explanation. */
export function RebootForm({ reboot, request, requested }: RebootFormProps) {
  const { t, formats } = useTranslations();
  const [isPicking, setIsPicking] = useState(false);
  const minute = useClock((nowMs) => Math.floor(nowMs / MINUTE_MS));
  const choices = rebootChoices(reboot, minute * MINUTE_MS);
  const latest = formatWhen(reboot.latestAtMs, minute * MINUTE_MS, formats);

  function move(toMs: number): void {
    requested();
    const text = t("windows.reboot.moved", { time: formatWhen(toMs, Date.now(), formats) });
    request.send(() => ask("postpone", reboot.actionId, toMs), text);
    setIsPicking(false);
  }
  function rebootNow(): void {
    requested();
    request.send(() => ask("postpone", reboot.actionId, Date.now()), t("windows.reboot.going"));
  }
  function choose({ time, toMs, whyNot }: RebootChoice): void {
    if (whyNot !== null || request.isBusy) return;
    if (time === "hour") return move(Date.now() + 60 * MINUTE_MS);
    if (toMs === null) return setIsPicking((before) => !before);
    move(toMs);
  }

  return (
    <section className={classes.times} aria-label={t("windows.reboot.when")}>
      <div className={classes.choices}>
        <RebootNow isBusy={request.isBusy} confirmed={rebootNow} />
        {choices.map((choice) => (
          <Button
            key={choice.time}
            aria-disabled={choice.whyNot !== null || request.isBusy}
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

/** Reboots immediately after a confirmation, as unsaved work would be lost. */
function RebootNow({ isBusy, confirmed }: { isBusy: boolean; confirmed: () => void }) {
  const { t } = useTranslations();
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

/** A date and time within the allowed range, in the local time zone. */
function TimePicker({ reboot, picked }: { reboot: PlannedReboot; picked: (toMs: number) => void }) {
  const { t, formats } = useTranslations();
  const id = useId();
  const minute = useClock((nowMs) => Math.floor(nowMs / MINUTE_MS));
  const { fromMs, untilMs } = rebootRange(reboot, minute * MINUTE_MS);
  const [text, setText] = useState(() => toLocalInput(Math.min(untilMs, fromMs + 30 * MINUTE_MS)));
  const [isWrong, setIsWrong] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  // It opens below the buttons, which may be outside a small window.
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
