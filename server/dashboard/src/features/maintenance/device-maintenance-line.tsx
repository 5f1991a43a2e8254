import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { StateLabel } from "../../ui/state-label.tsx";
import classes from "./maintenance.module.css";

/** The window that is open for a device, or else the next one; nothing when there is none. */
export function DeviceMaintenanceLine({ id }: { id: string }) {
  const { t, formats } = useTranslations();
  const windows = useQuery(queries.maintenanceWindows(id)).data?.items ?? [];
  const open = windows.find(({ current }) => current !== null);
  const [soonest] = windows
    .filter(({ next }) => next !== null)
    .toSorted((a, b) => (a.next?.startsAt ?? "").localeCompare(b.next?.startsAt ?? ""));
  const shown = open ?? soonest;
  if (!shown) return null;
  const { name, current, next } = shown;
  const text = current
    ? t("maintenance.device.current", { name, time: formats.minute(current.endsAt) })
    : t("maintenance.device.next", { name, time: formats.minute(next?.startsAt ?? 0) });
  return (
    <p className={classes.deviceLine}>
      <StateLabel state="maintenance">
        <Link href="/maintenance" className={classes.link}>
          <bdi>{text}</bdi>
        </Link>
      </StateLabel>
    </p>
  );
}
