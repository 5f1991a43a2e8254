import type { Alarm } from "@muster/shared/contracts/alarm.ts";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { plainName } from "../../ui/plain-name.ts";
import { useRelativeTime } from "../../ui/relative-time.tsx";
import { Banner } from "../device/banner.tsx";
import bannerClasses from "../device/device-banners.module.css";
import { useAlarmText } from "./use-alarm-text.ts";

/** Until when the device is in maintenance, once that is read. */
function MaintenanceBanner({ deviceId }: { deviceId: string }) {
  const { t, formats } = useTranslations();
  const until = useQuery(queries.device(deviceId)).data?.presence.maintenanceUntil;
  return (
    <Banner state="maintenance">
      {until
        ? t("alarmPages.page.maintenanceUntilBanner", { time: formats.minute(until) })
        : t("alarmPages.page.maintenanceBanner")}
    </Banner>
  );
}

/** Who silenced the alarm and until when, once that is read. */
function SilencedBanner({ alarmId }: { alarmId: string }) {
  const { t, formats } = useTranslations();
  const [silence] = useQuery(queries.silences({ alarmId })).data?.items ?? [];
  return (
    <Banner state="paused">
      {silence
        ? t("alarmPages.page.silencedBanner", { name: silence.author, time: formats.minute(silence.endsAt) })
        : t("alarmPages.is.silenced")}{" "}
      <Link href="/silences">{t("alarmPages.page.silencesLink")}</Link>
    </Banner>
  );
}

/** What a user should know before reading on: that it ended and why, what mutes it, and that it is unstable. */
export function AlarmBanners({ alarm }: { alarm: Alarm }) {
  const { t, formats } = useTranslations();
  const { endOf } = useAlarmText();
  const { state, mutedBy, mutingDevice: device, snoozedUntil, isUnstable, isViolating, endedAt } = alarm;
  const ended = useRelativeTime(endedAt);
  const isEnded = state === "ended";
  return (
    <div className={bannerClasses.banners}>
      {isEnded && (
        <Banner state={isViolating ? "warn" : "ok"}>
          {t("alarmPages.page.ended_banner", { time: ended, reason: endOf(alarm) })}
          {isViolating && alarm.endReason === "resolved" && ` ${t("alarmPages.page.endedHolds")}`}
        </Banner>
      )}
      {!isEnded && isUnstable && <Banner state="warn">{t("alarmPages.page.unstable")}</Banner>}
      {mutedBy === "snooze" && snoozedUntil !== null && (
        <Banner state="paused">
          {t("alarmPages.page.snoozedBanner", { time: formats.minute(snoozedUntil) })}
        </Banner>
      )}
      {mutedBy === "maintenance" && alarm.device && <MaintenanceBanner deviceId={alarm.device.id} />}
      {mutedBy === "silenced" && <SilencedBanner alarmId={alarm.id} />}
      {mutedBy === "device-offline" && (
        <Banner state="offline">{t("alarmPages.page.device-offlineBanner")}</Banner>
      )}
      {mutedBy === "outage" && <Banner state="offline">{t("alarmPages.page.outageBanner")}</Banner>}
      {mutedBy === "dependency" && (
        <Banner state="offline" action={device && <DeviceLink device={device} />}>
          {t("alarmPages.page.dependencyBanner")}
        </Banner>
      )}
    </div>
  );
}

function DeviceLink({ device: { id, name } }: { device: { id: string; name: string } }) {
  return (
    <Link href={`/devices/${id}`}>
      <bdi>{plainName(name)}</bdi>
    </Link>
  );
}
