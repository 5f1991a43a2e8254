import type { AvailabilityInterval } from "@muster/shared/contracts/availability.ts";
import { useQuery } from "@tanstack/react-query";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { type DataColumn, DataTable } from "../../ui/data-table.tsx";
import { FailureState } from "../../ui/failure-state.tsx";
import { AvailabilitySummary } from "./availability-summary.tsx";
import { withoutOutages } from "./day-state.ts";
import classes from "./availability-summary.module.css";

const MAX_OUTAGES = 10;

/** The availability of a device with its latest outages. */
export function DeviceAvailability({ id, name }: { id: string; name: string }) {
  const { t, formats } = useTranslations();
  const availability = useQuery(queries.deviceAvailability(id));
  const columns = useOutageColumns();
  const { data, error } = availability;
  if (!data) return error && <FailureState error={error} retry={() => void availability.refetch()} />;
  const outages = data.intervals.filter(({ state }) => state === "down");
  const isLimited = data.areIntervalsLimited || outages.length > MAX_OUTAGES;
  const isWholeRange = data.recordedSince === null || data.recordedSince <= data.from;
  return (
    <AvailabilitySummary shown={data} name={name} heading={t("availability.title")}>
      {data.recordedSince !== null && !isWholeRange && (
        <p className={classes.note}>
          {t("availability.recordedSince", { time: formats.minute(data.recordedSince) })}
        </p>
      )}
      <h3>{t("availability.outages")}</h3>
      {data.total.downS === 0 ? (
        <p className={classes.note}>{t(withoutOutages(data.total, isWholeRange))}</p>
      ) : (
        <DataTable
          label={t("availability.outages")}
          rows={outages.slice(0, MAX_OUTAGES)}
          rowKey={({ from }) => from}
          columns={columns}
        />
      )}
      {isLimited && <p className={classes.note}>{t("availability.limited")}</p>}
    </AvailabilitySummary>
  );
}

function useOutageColumns(): DataColumn<AvailabilityInterval>[] {
  const { t, formats } = useTranslations();
  return [
    { name: "from", label: t("availability.from"), cell: ({ from }) => formats.minute(from) },
    {
      name: "to",
      label: t("availability.to"),
      cell: ({ to }) => (to === null ? t("availability.ongoing") : formats.minute(to)),
    },
    {
      name: "duration",
      label: t("availability.duration"),
      cell: ({ durationS }) => formats.duration(durationS * 1_000),
      isNumber: true,
    },
    {
      name: "reason",
      label: t("availability.reason"),
      cell: ({ reason }) => reason !== null && t(`states.presence.${reason}`),
    },
  ];
}
