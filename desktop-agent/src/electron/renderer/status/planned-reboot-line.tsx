import { whenOf } from "../../model/when-of.ts";
import { ask } from "../frame/bridge.ts";
import { useClock } from "../frame/clock.ts";
import { useWords } from "../frame/words.ts";
import { Button } from "../ui/button.tsx";
import classes from "./planned-reboot-line.module.css";

/** That a reboot is planned, and the way to its window. */
export function PlannedRebootLine({ dueAtMs }: { dueAtMs: number }) {
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
