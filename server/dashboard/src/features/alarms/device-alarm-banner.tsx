import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { Banner } from "../device/banner.tsx";
import { SEVERITY_STATES } from "./alarm-severity.tsx";
import { useAlarmText } from "./use-alarm-text.ts";

const SHOWN = 3;

/** The open alarms of a device, the worst first; nothing without any. */
export function DeviceAlarmBanner({ deviceId }: { deviceId: string }) {
  const { t } = useTranslations();
  const { textOf } = useAlarmText();
  const { data } = useQuery(queries.alarms({ deviceId, state: "open", limit: SHOWN }));
  const total = useQuery(queries.alarmSummary({ deviceId, state: "open" })).data?.total;
  const [worst] = data?.items ?? [];
  if (!data || !worst) return null;
  const count = Math.max(total ?? 0, data.items.length);
  const more = count - SHOWN;
  return (
    <Banner state={SEVERITY_STATES[worst.severity]}>
      {t("alarmPages.device.banner", { count })}{" "}
      {data.items.map((alarm, index) => (
        <span key={alarm.id}>
          {index > 0 && " · "}
          <Link href={`/alarms/${alarm.id}`}>
            <bdi>{textOf(alarm).title}</bdi>
          </Link>{" "}
          ({t(`alarms.severity.${alarm.severity}`)})
        </span>
      ))}
      {more > 0 && (
        <>
          {" "}
          <Link href={`/devices/${deviceId}?tab=alarms`}>{t("alarmPages.device.more", { count: more })}</Link>
        </>
      )}
    </Banner>
  );
}
