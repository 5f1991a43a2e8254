import { whenOf } from "../../model/when-of.ts";
import { useClock } from "../frame/clock.ts";
import { useWords } from "../frame/words.ts";
import { Hidden } from "../ui/hidden.tsx";
import { clockText, momentOf } from "./countdown.ts";
import classes from "./countdown-clock.module.css";

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
