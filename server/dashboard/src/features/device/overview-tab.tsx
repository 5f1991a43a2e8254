import type { DeviceDetail } from "@muster/shared/contracts/device.ts";
import { useFormats, useWords } from "../../i18n/words.tsx";
import { FactList } from "../../ui/fact-list.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { HistoryCharts } from "./history-charts.tsx";
import classes from "./overview-tab.module.css";

export function OverviewTab({ device }: { device: DeviceDetail }) {
  return (
    <div className={classes.overview}>
      <HistoryCharts id={device.id} lastReportAt={device.lastReportAt} />
      <Facts device={device} />
    </div>
  );
}

function Facts({ device }: { device: DeviceDetail }) {
  const { t } = useWords();
  const formats = useFormats();
  const { metrics, idleSince } = device;
  const disk = [
    device.diskMount,
    metrics.diskFree === undefined
      ? null
      : t("device.facts.diskFree", { size: formats.bytes(metrics.diskFree) }),
  ];
  return (
    <section>
      <h2 className={classes.title}>{t("device.facts.title")}</h2>
      <FactList
        facts={[
          { name: t("device.facts.os"), value: device.osName ?? t(`states.os.${device.osFamily}`) },
          {
            name: t("device.facts.class"),
            value: `${t(`states.class.${device.class}`)} (${t(`device.facts.${device.classSource}`)})`,
          },
          {
            name: t("device.facts.user"),
            value: device.user ?? t(device.isUserKnown ? "device.facts.nobody" : "device.facts.userUnknown"),
          },
          { name: t("device.facts.idle"), value: idleSince && <RelativeTime at={idleSince} /> },
          { name: t("device.facts.uptime"), value: device.bootedAt && <RelativeTime at={device.bootedAt} /> },
          { name: t("device.facts.diskMount"), value: disk.filter((part) => part !== null).join(", ") },
          {
            name: t("device.facts.lastReport"),
            value: device.lastReportAt && <RelativeTime at={device.lastReportAt} />,
          },
          { name: t("device.facts.interval"), value: formats.duration(device.intervalS * 1_000) },
          { name: t("device.facts.agent"), value: device.agentVersion },
          ...(device.origin
            ? [{ name: t("states.origin.name"), value: t(`states.origin.${device.origin.system}`) }]
            : []),
          { name: t("device.facts.enrolled"), value: <RelativeTime at={device.enrolledAt} /> },
          ...device.skipped.map(({ collector, reason }) => ({
            name: t("device.facts.skipped"),
            value: `${collector}: ${reason}`,
          })),
        ]}
      />
    </section>
  );
}
