import type { FleetAvailability } from "@muster/shared/contracts/availability.ts";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { type DataColumn, DataTable } from "../../ui/data-table.tsx";
import { FailureState } from "../../ui/failure-state.tsx";
import { recordedSince, withoutOutages } from "./day-state.ts";
import { AvailabilitySummary } from "./availability-summary.tsx";
import classes from "./availability-summary.module.css";

/** The availability of a customer's devices, or of all devices, with those that have the lowest. The page of all has the title already. */
export function GroupAvailability({ customerId, name }: { customerId?: string; name: string }) {
  const { t, formats } = useTranslations();
  const availability = useQuery(queries.availability(customerId));
  const columns = useLowestColumns();
  const { data, error } = availability;
  if (!data) return error && <FailureState error={error} retry={() => void availability.refetch()} />;
  const since = recordedSince(data.days);
  const heading =
    customerId === undefined ? t("fleet.list.count", { count: data.devices }) : t("availability.title");
  return (
    <AvailabilitySummary shown={data} name={name} heading={heading}>
      {since !== null && (
        <p className={classes.note}>
          {t("availability.recordedSince", { time: formats.utcDay(`${since}T00:00:00Z`) })}
        </p>
      )}
      {data.lowest.length > 0 && (
        <>
          <h3>{t("availability.lowest")}</h3>
          <DataTable
            label={t("availability.lowest")}
            rows={data.lowest}
            rowKey={({ id }) => id}
            columns={columns}
          />
        </>
      )}
      {data.lowest.length === 0 && (
        <p className={classes.note}>
          {t(data.devices === 0 ? "availability.noDevices" : withoutOutages(data.total, since === null))}
        </p>
      )}
    </AvailabilitySummary>
  );
}

function useLowestColumns(): DataColumn<FleetAvailability["lowest"][number]>[] {
  const { t, formats } = useTranslations();
  return [
    {
      name: "device",
      label: t("availability.device"),
      cell: ({ id, name }) => <Link href={`/devices/${id}`}>{name}</Link>,
    },
    {
      name: "percent",
      label: t("availability.title"),
      cell: ({ percent }) => (percent === null ? "–" : formats.percentDown(percent)),
      isNumber: true,
    },
    {
      name: "down",
      label: t("availability.downtime"),
      cell: ({ downS }) => formats.duration(downS * 1_000),
      isNumber: true,
    },
    {
      name: "outages",
      label: t("availability.outages"),
      cell: ({ outages }) => formats.whole(outages),
      isNumber: true,
    },
  ];
}
