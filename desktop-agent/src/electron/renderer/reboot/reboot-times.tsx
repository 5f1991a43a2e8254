import type { PlannedReboot } from "@muster/shared/contracts/local-agent.ts";
import { useState } from "react";
import { whenOf } from "../../model/when-of.ts";
import { ask } from "../frame/bridge.ts";
import { useClock } from "../frame/clock.ts";
import type { Wish } from "../frame/use-wish.ts";
import { useWords } from "../frame/words.ts";
import { Button } from "../ui/button.tsx";
import { ALLOWED_ID } from "./reboot-details.tsx";
import { type RebootChoice, rebootChoices } from "./reboot-choices.ts";
import { RebootNow } from "./reboot-now.tsx";
import classes from "./reboot-times.module.css";
import { TimePicker } from "./time-picker.tsx";

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
