import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { useTranslations } from "../../i18n/translations.tsx";
import { SettingsPage } from "../../ui/settings-page.tsx";
import { HelpThread } from "./help-thread.tsx";
import { helpThreadQuery } from "./use-help-thread.ts";

/** One help request, to be read and answered. */
export function HelpRequestPage({ alarmId }: { alarmId: string }) {
  const { t } = useTranslations();
  const { data: thread } = useQuery(helpThreadQuery(alarmId));
  const device = thread?.device ?? null;
  const intro = device && (
    <Link href={`/devices/${device.id}`}>
      <bdi>{device.name}</bdi>
    </Link>
  );
  return (
    <SettingsPage title={t("helpRequests.title")} intro={intro}>
      <HelpThread alarmId={alarmId} />
    </SettingsPage>
  );
}
