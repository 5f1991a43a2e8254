import type { Alarm } from "@muster/shared/contracts/alarm.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { useRelativeTime } from "../../ui/relative-time.tsx";
import { Banner } from "../device/banner.tsx";
import bannerClasses from "../device/device-banners.module.css";
import { useAlarmText } from "./use-alarm-text.ts";

/** What a user should know before reading on: that it ended and why, what mutes it, and that it is unstable. */
export function AlarmBanners({ alarm }: { alarm: Alarm }) {
  const { t, formats } = useTranslations();
  const { endOf } = useAlarmText();
  const { state, mutedBy, snoozedUntil, isUnstable, isViolating, endedAt } = alarm;
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
      {mutedBy === "maintenance" && (
        <Banner state="maintenance">{t("alarmPages.page.maintenanceBanner")}</Banner>
      )}
      {mutedBy === "device-offline" && (
        <Banner state="offline">{t("alarmPages.page.device-offlineBanner")}</Banner>
      )}
    </div>
  );
}
