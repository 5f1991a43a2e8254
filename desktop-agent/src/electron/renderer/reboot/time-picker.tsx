import type { PlannedReboot } from "@muster/shared/contracts/local-agent.ts";
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { useClock } from "../frame/clock.ts";
import { useWords } from "../frame/words.ts";
import { Button } from "../ui/button.tsx";
import { fromLocalInput, toLocalInput } from "./local-input.ts";
import { rebootRange } from "./reboot-choices.ts";
import classes from "./time-picker.module.css";

const MINUTE_MS = 60_000;

/** A day and time within what is allowed, in this device's own time. */
export function TimePicker({ reboot, picked }: { reboot: PlannedReboot; picked: (toMs: number) => void }) {
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
