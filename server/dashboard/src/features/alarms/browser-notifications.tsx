import type { Alarm } from "@muster/shared/contracts/alarm.ts";
import { useEffect, useEffectEvent } from "react";
import { useLocation } from "wouter";
import { readAlarms } from "../../api/alarm-calls.ts";
import { basePath } from "../../api/base-path.ts";
import { useLive } from "../../api/stream/live.tsx";
import { useTranslations } from "../../i18n/translations.tsx";
import { useSession } from "../session/session-context.tsx";
import { createAlarmNotifier } from "./alarm-notifier.ts";
import { useAlarmText } from "./use-alarm-text.ts";

/** More new alarms at once are one notification. */
const MAX_SINGLE = 3;

/** Shows new critical alarms as notifications of the browser. Of all tabs, the one that holds the lock does. */
export function BrowserNotifications() {
  const { organization } = useSession();
  const { listen } = useLive();
  const showAlarms = useShowAlarms();
  const show = useEffectEvent((alarms: readonly Alarm[]) => showAlarms(alarms));
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const work = async () => {
      const notifier = createAlarmNotifier({
        read: readAlarms,
        show: (alarms) => show(alarms),
        startedAt: Date.now(),
      });
      notifier.readAll();
      const stop = listen({
        onAlarms: ({ changed }) => notifier.changed(changed),
        onResync: () => notifier.readAll(),
      });
      await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
      stop();
    };
    // Rejected only when this page ends its wait.
    navigator.locks
      .request(`muster-notifications-${organization.id}`, { signal }, work)
      .catch(() => undefined);
    return () => controller.abort();
  }, [organization.id, listen]);
  return null;
}

function useShowAlarms() {
  const { t } = useTranslations();
  const { textOf } = useAlarmText();
  const [, navigate] = useLocation();

  function show(tag: string, route: string, text: { title: string; body: string }): void {
    const icon = `${basePath}/logo-critical.svg`;
    const notification = new Notification(text.title, { tag, icon, body: text.body });
    notification.addEventListener("click", () => {
      window.focus();
      navigate(route);
      notification.close();
    });
  }
  return (alarms: readonly Alarm[]) => {
    if (alarms.length > MAX_SINGLE) {
      const title = t("alarmPages.browser.several", { count: alarms.length });
      const names = alarms.slice(0, MAX_SINGLE).map((alarm) => textOf(alarm).sentence);
      return show("muster-alarms", "/alarms?severity=critical", { title, body: `${names.join("\n")}\n…` });
    }
    for (const alarm of alarms) {
      const about = [alarm.device?.name, alarm.customer].filter(
        (name) => name !== undefined && name !== null,
      );
      const text = { title: textOf(alarm).title, body: about.join(" · ") };
      show(`muster-alarm-${alarm.id}`, `/alarms/${alarm.id}`, text);
    }
  };
}
