import { useFormats, useWords } from "../../i18n/words.tsx";
import { Sparkline } from "../../ui/sparkline.tsx";

/** A share of a whole over time in percent, null for a gap; undefined until it is read. */
export type Trend = readonly (number | null)[] | undefined;

export function TrendCell({ trend }: { trend: Trend }) {
  const { t } = useWords();
  const formats = useFormats();
  if (trend === undefined) return null;
  const known = trend.filter((value) => value !== null);
  const label =
    known.length === 0
      ? t("fleet.row.noTrend")
      : t("fleet.row.trend", {
          min: formats.percent(Math.min(...known)),
          max: formats.percent(Math.max(...known)),
          now: formats.percent(known.at(-1) ?? 0),
        });
  return <Sparkline values={trend} label={label} />;
}
