import type { PlannedReboot } from "@muster/shared/contracts/local-agent.ts";
import { whenOf } from "../../model/when-of.ts";
import { useClock } from "../frame/clock.ts";
import { useWords } from "../frame/words.ts";
import { StateShape } from "../ui/state-shape.tsx";
import { Countdown } from "./countdown-clock.tsx";
import classes from "./reboot-details.module.css";

const SIGN_PX = 18;
/** Names the line that says how often it can still be postponed. */
export const ALLOWED_ID = "allowed";

/** Who asks and why, the countdown, and what makes now a bad moment. */
export function RebootDetails({ reboot }: { reboot: PlannedReboot }) {
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
