import type { FleetSummary } from "@muster/shared/contracts/device.ts";
import { useFormats, useTranslations } from "../../i18n/translations.tsx";
import { StateIcon, type StateName } from "../../ui/state-icon.tsx";
import { EMPTY_QUERY, type FleetQuery, isNarrowed } from "./fleet-query.ts";
import classes from "./fleet-summary-bar.module.css";

type SummaryItem = {
  name: string;
  icon: StateName | null;
  label: string;
  count: number;
  /** The filter that it sets when it is pressed. */
  filter: Partial<FleetQuery>;
  isOn: boolean;
};

type FleetSummaryBarProps = {
  summary: FleetSummary;
  query: FleetQuery;
  onChange: (part: Partial<FleetQuery>) => void;
};

const ALL: Partial<FleetQuery> = { ...EMPTY_QUERY };
const SILENT = [
  "offline",
  "expired",
  "asleep",
  "shutting-down",
  "restarting",
  "agent-stopped",
  "maintenance",
  "waiting",
] as const;
const PRESENCE_ICON = {
  offline: "offline",
  expired: "expired",
  asleep: "asleep",
  "shutting-down": "offline",
  restarting: "offline",
  "agent-stopped": "offline",
  maintenance: "maintenance",
  waiting: "waiting",
} as const satisfies Record<(typeof SILENT)[number], StateName>;

/** How many devices are in which state. Each number toggles the filter for them. */
export function FleetSummaryBar({ summary, query, onChange }: FleetSummaryBarProps) {
  const { t } = useTranslations();
  const formats = useFormats();
  const items = useSummaryItems(summary, query);
  return (
    <div className={classes.items} role="group" aria-label={t("fleet.summary.label")}>
      {items.map((item) => (
        <button
          key={item.name}
          type="button"
          className={classes.item}
          aria-pressed={item.isOn}
          onClick={() =>
            onChange({ ...ALL, sort: query.sort, order: query.order, ...(item.isOn ? {} : item.filter) })
          }
        >
          {item.icon && <StateIcon state={item.icon} isDecorative />}
          <strong>{formats.whole(item.count)}</strong>
          <span>{item.label}</span>
        </button>
      ))}
      <span className={classes.facts}>
        {summary.medianScore !== null && (
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

function useSummaryItems(summary: FleetSummary, query: FleetQuery): SummaryItem[] {
  const { t } = useTranslations();
  const attention = (["critical", "warn", "none"] as const).map<SummaryItem>((level) => ({
    name: level,
    icon: level === "none" ? "ok" : level,
    label: t(`fleet.summary.${level === "none" ? "ok" : level}`),
    count: summary.attention[level],
    filter: { attention: [level] },
    isOn: query.attention.length === 1 && query.attention[0] === level,
  }));
  const presence = SILENT.filter(
    (shown) => shown === "offline" || (summary.presence[shown] ?? 0) > 0,
  ).map<SummaryItem>((shown) => ({
    name: shown,
    icon: PRESENCE_ICON[shown],
    label: shown === "waiting" ? t("states.shown.waiting") : t(`states.presence.${shown}`),
    count: summary.presence[shown] ?? 0,
    filter: { presence: [shown] },
    isOn: query.presence.length === 1 && query.presence[0] === shown,
  }));
  const all: SummaryItem = {
    name: "all",
    icon: null,
    label: t("fleet.summary.all"),
    count: summary.total,
    filter: {},
    isOn: !isNarrowed(query),
  };
  const paused: SummaryItem = {
    name: "paused",
    icon: "paused",
    label: t("fleet.summary.paused"),
    count: summary.paused,
    filter: { paused: true },
    isOn: query.paused,
  };
  return [all, ...attention, ...presence, ...(summary.paused > 0 ? [paused] : [])];
}
