import type { AvailabilityDay } from "@muster/shared/contracts/availability.ts";
import { type KeyboardEvent, useState } from "react";
import { useTranslations } from "../../i18n/translations.tsx";
import classes from "./availability-bar.module.css";
import { dayKind } from "./day-state.ts";
import { useDayText } from "./use-day-text.ts";

/** One segment for each day, newest on the right; on a phone the last 30. The arrow keys move, and the chosen day is described below. */
export function AvailabilityBar({ days, label }: { days: readonly AvailabilityDay[]; label: string }) {
  const { t } = useTranslations();
  const dayText = useDayText();
  const [chosen, setChosen] = useState<string | null>(null);
  const described = days.find(({ day }) => day === chosen);
  const newest = days.at(-1)?.day;
  return (
    <div className={classes.frame}>
      <div role="toolbar" tabIndex={-1} aria-label={label} className={classes.bar} onKeyDown={moveFocus}>
        {days.map((day) => (
          <button
            key={day.day}
            type="button"
            className={classes.day}
            data-kind={dayKind(day)}
            aria-label={dayText(day)}
            aria-pressed={day.day === chosen}
            tabIndex={day.day === (chosen ?? newest) ? 0 : -1}
            title={dayText(day)}
            onFocus={() => setChosen(day.day)}
            onPointerEnter={() => setChosen(day.day)}
            onClick={() => setChosen(day.day)}
          >
            <i style={{ height: `${heightOf(day)}%` }} />
          </button>
        ))}
      </div>
      <p className={classes.described}>{described ? dayText(described) : t("availability.hint")}</p>
    </div>
  );
}

/** The part of a day with an outage that is drawn as down: its share, but at least a quarter, so that it is seen. */
function heightOf({ upS, downS }: AvailabilityDay): number {
  return downS === 0 ? 0 : Math.max(25, Math.round((100 * downS) / (upS + downS)));
}

/** Days that do not fit are hidden and cannot take the focus, so only those that are shown count. */
function moveFocus(event: KeyboardEvent<HTMLDivElement>): void {
  const shown = [...event.currentTarget.querySelectorAll("button")].filter(
    ({ offsetWidth }) => offsetWidth > 0,
  );
  const place = shown.findIndex((button) => button === document.activeElement);
  const target = { ArrowLeft: place - 1, ArrowRight: place + 1, Home: 0, End: shown.length - 1 }[event.key];
  if (target === undefined) return;
  event.preventDefault();
  shown[Math.max(0, Math.min(target, shown.length - 1))]?.focus();
}
