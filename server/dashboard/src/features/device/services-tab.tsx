import type { DeviceDetail } from "@muster/shared/contracts/device.ts";
import type { DeviceService, ServiceState } from "@muster/shared/contracts/service.ts";
import { Cog } from "lucide-react";
import { useTranslations } from "../../i18n/translations.tsx";
import { type DataColumn, DataTable } from "../../ui/data-table.tsx";
import { MessageState } from "../../ui/message-state.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { StateLabel } from "../../ui/state-label.tsx";
import type { StateName } from "../../ui/state-name.ts";
import classes from "./inventory-tab.module.css";

const ICONS: Record<ServiceState, StateName> = {
  failed: "critical",
  starting: "waiting",
  stopping: "waiting",
  running: "ok",
  exited: "info",
  inactive: "offline",
};

/** The services of the device, as its agent last reported them. */
export function ServicesTab({ device }: { device: DeviceDetail }) {
  const { t } = useTranslations();
  const columns = useColumns();
  const { services, servicesAt } = device;
  if (services === null || servicesAt === null) return <NoServices title={t("device.services.none")} />;
  if (services.unreadable !== undefined) {
    return <NoServices title={t("device.services.unreadable")} text={services.unreadable} />;
  }
  return (
    <section>
      <p className={classes.asOf}>
        {t("device.services.asOf")} <RelativeTime at={servicesAt} />
      </p>
      <DataTable
        label={t("device.services.title")}
        rows={services.list}
        rowKey={({ name }) => name}
        columns={columns}
      />
      {services.total > services.list.length && (
        <p className={classes.asOf}>
          {t("device.services.more", { shown: services.list.length, total: services.total })}
        </p>
      )}
    </section>
  );
}

function NoServices({ title, text }: { title: string; text?: string }) {
  const { t } = useTranslations();
  return <MessageState icon={<Cog size={26} />} title={title} text={text ?? t("device.services.noneHint")} />;
}

function useColumns(): DataColumn<DeviceService>[] {
  const { t } = useTranslations();
  const detailsOf = ({ result, exitCode, restarts, pid }: DeviceService) =>
    [
      ...(result === undefined ? [] : [result]),
      ...(exitCode === undefined ? [] : [t("device.services.exitCode", { code: exitCode })]),
      ...(restarts === undefined || restarts === 0
        ? []
        : [t("device.services.restarts", { count: restarts })]),
      ...(pid === undefined ? [] : [t("device.services.pid", { pid })]),
    ].join(" · ");
  return [
    { name: "name", label: t("device.services.name"), cell: ({ name }) => name },
    {
      name: "state",
      label: t("device.services.state"),
      cell: ({ state }) => (
        <StateLabel state={ICONS[state]}>{t(`device.services.states.${state}`)}</StateLabel>
      ),
    },
    {
      name: "startup",
      label: t("device.services.startup"),
      cell: ({ startup }) => startup && t(`device.services.startups.${startup}`),
    },
    { name: "details", label: t("device.services.details"), cell: detailsOf },
    {
      name: "since",
      label: t("device.services.since"),
      cell: ({ since }) => since !== undefined && <RelativeTime at={new Date(since).toISOString()} />,
    },
  ];
}
