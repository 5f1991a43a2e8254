import { Button } from "@mantine/core";
import type { DeviceAvailability, FleetAvailability } from "@muster/shared/contracts/availability.ts";
import { csvText } from "@muster/shared/csv.ts";
import { Download } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "../../i18n/translations.tsx";
import { downloadCsv } from "../../ui/download.ts";
import { AvailabilityBar } from "./availability-bar.tsx";
import classes from "./availability-summary.module.css";
import { dayRows, lastDays } from "./day-state.ts";
import { useTotalText } from "./use-day-text.ts";

type Shown = Pick<DeviceAvailability | FleetAvailability, "days" | "total" | "last24Hours">;

/** The bar of 90 days with the percentages above it. `name` is in the label of the bar and in the name of the file. */
export function AvailabilitySummary({
  shown,
  name,
  heading,
  children,
}: {
  shown: Shown;
  name: string;
  heading: string;
  children?: ReactNode;
}) {
  const { t, formats } = useTranslations();
  const totalText = useTotalText();
  const spans = [
    ["hours24", shown.last24Hours],
    ["days7", lastDays(shown.days, 7)],
    ["days30", lastDays(shown.days, 30)],
    ["days90", shown.total],
  ] as const;
  return (
    <section className={classes.section}>
      <header className={classes.head}>
        <h2>{heading}</h2>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<Download size={14} />}
          onClick={() => downloadCsv(`${name}-availability`, csvText(dayRows(shown.days)))}
        >
          {t("availability.csv")}
        </Button>
      </header>
      <dl className={classes.spans}>
        {spans.map(([span, total]) => (
          <div key={span}>
            <dt>{t(`availability.${span}`)}</dt>
            <dd title={totalText(total)}>
              {total.percent === null ? "–" : formats.percentDown(total.percent)}
            </dd>
          </div>
        ))}
      </dl>
      <AvailabilityBar days={shown.days} label={t("availability.bar", { name })} />
      <p className={classes.note}>{t("availability.formula")}</p>
      {children}
    </section>
  );
}
