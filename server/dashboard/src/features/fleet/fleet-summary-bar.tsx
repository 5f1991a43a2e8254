import type { FleetSummary } from "@muster/shared/contracts/device.ts";
import { useFormats, useTranslations } from "../../i18n/translations.tsx";
import { StateIcon, type StateName } from "../../ui/state-icon.tsx";
import { CHOICES, type FleetQuery, isNarrowed } from "./fleet-query.ts";
import classes from "./fleet-summary-bar.module.css";
import { type FleetTally, useFleetTally } from "./use-fleet-tally.ts";

type SummaryItem = {
  name: string;
  icon: StateName;
  label: string;
  count: number | undefined;
  isOn: boolean;
  /** The filter that pressing it sets, or takes away where it is on. */
  filter: Partial<FleetQuery>;
};

type FleetSummaryBarProps = {
  summary: FleetSummary;
  query: FleetQuery;
  /** Devices of the list when all of them are loaded: newer than what the server counted. */
  loaded: number | null;
  onChange: (part: Partial<FleetQuery>) => void;
  onClear: () => void;
};

type Presence = FleetQuery["presence"][number];

const PRESENCE_ICON: Record<Presence, StateName> = {
  online: "ok",
  late: "late",
  offline: "offline",
  expired: "expired",
  asleep: "asleep",
  "shutting-down": "offline",
  restarting: "offline",
  "agent-stopped": "offline",
  maintenance: "maintenance",
  waiting: "waiting",
};

/** How many devices are in which state: by health, and apart from it by presence. Each number toggles the filter for them. */
export function FleetSummaryBar({ summary, query, loaded, onChange, onClear }: FleetSummaryBarProps) {
  const { t } = useTranslations();
  const formats = useFormats();
  const tally = useFleetTally(summary, query);
  const { attention, presence } = useSummaryItems(tally, query);
  return (
    <div className={classes.items} role="group" aria-label={t("fleet.summary.label")}>
      <ResultCount tally={tally} loaded={loaded} isWhole={!isNarrowed(query)} onClear={onClear} />
      <Figures label={t("fleet.filter.status")} items={attention} onChange={onChange} />
      <Figures label={t("fleet.filter.presence")} items={presence} onChange={onChange} />
      <span className={classes.facts}>
        {summary.medianScore !== null && !isNarrowed(query) && (
          <span>
            <strong>{formats.whole(summary.medianScore)}</strong> {t("fleet.summary.health")}
          </span>
        )}
        <span>
          <strong>{formats.oneDigit(summary.reportsPerSecond)}</strong> {t("fleet.summary.rate")}
        </span>
      </span>
    </div>
  );
}

type ResultCountProps = { tally: FleetTally; loaded: number | null; isWhole: boolean; onClear: () => void };

/** "60 of 10,001 devices"; pressed while the list shows all. */
function ResultCount({ tally, loaded, isWhole, onClear }: ResultCountProps) {
  const { t, formats } = useTranslations();
  const { total } = tally;
  const matching = isWhole ? total : (loaded ?? tally.matching);
  return (
    <button
      type="button"
      className={classes.item}
      aria-pressed={isWhole}
      title={t("fleet.summary.showAll")}
      onClick={onClear}
    >
      {isWhole
        ? t("fleet.summary.all", { count: total, total: formats.whole(total) })
        : t("fleet.summary.matching", {
            count: total,
            shown: matching === undefined ? "–" : formats.whole(matching),
            total: formats.whole(total),
          })}
    </button>
  );
}

type FiguresProps = {
  label: string;
  items: readonly SummaryItem[];
  onChange: (part: Partial<FleetQuery>) => void;
};

function Figures({ label, items, onChange }: FiguresProps) {
  const { formats } = useTranslations();
  return (
    <div className={classes.group} role="group" aria-label={label}>
      {items.map(({ name, icon, label: text, count, filter, isOn }) => (
        <button
          key={name}
          type="button"
          className={classes.item}
          aria-pressed={isOn}
          onClick={() => onChange(filter)}
        >
          <StateIcon state={icon} isDecorative />
          <strong>{count === undefined ? "–" : formats.whole(count)}</strong>
          <span>{text}</span>
        </button>
      ))}
    </div>
  );
}

function useSummaryItems(tally: FleetTally, query: FleetQuery) {
  const { t } = useTranslations();
  const attention = CHOICES.attention.map<SummaryItem>((level) => {
    const isOn = query.attention.length === 1 && query.attention[0] === level;
    return {
      name: level,
      icon: level === "none" ? "ok" : level,
      label: t(`fleet.summary.${level === "none" ? "ok" : level}`),
      count: tally.of("attention", level),
      isOn,
      filter: { attention: isOn ? [] : [level] },
    };
  });
  const presence = CHOICES.presence.filter(isShown).map<SummaryItem>((shown) => {
    const isOn = query.presence.length === 1 && query.presence[0] === shown;
    return {
      name: shown,
      icon: PRESENCE_ICON[shown],
      label: shown === "waiting" ? t("states.shown.waiting") : t(`states.presence.${shown}`),
      count: tally.of("presence", shown),
      isOn,
      filter: { presence: isOn ? [] : [shown] },
    };
  });
  const paused: SummaryItem = {
    name: "paused",
    icon: "paused",
    label: t("fleet.summary.paused"),
    count: tally.paused,
    isOn: query.paused,
    filter: { paused: !query.paused },
  };
  const hasPaused = query.paused || (tally.paused ?? 0) > 0;
  return { attention, presence: hasPaused ? [...presence, paused] : presence };

  /** What no device is does not change the sum; online and offline are always there. */
  function isShown(shown: Presence): boolean {
    return (
      shown === "online" ||
      shown === "offline" ||
      query.presence.includes(shown) ||
      (tally.of("presence", shown) ?? 0) > 0
    );
  }
}
