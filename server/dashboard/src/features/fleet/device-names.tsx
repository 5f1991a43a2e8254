import { useTranslations } from "../../i18n/translations.tsx";
import { plainName } from "../../ui/plain-name.ts";
import classes from "./device-names.module.css";

const SHOWN = 6;

/** Names the devices that a change affects: the first few, and how many more. */
export function DeviceNames({ devices }: { devices: readonly { id: string; name: string }[] }) {
  const { t } = useTranslations();
  const more = devices.length - SHOWN;
  return (
    <ul className={classes.names}>
      {devices.slice(0, SHOWN).map(({ id, name }) => (
        <li key={id} title={plainName(name)}>
          <bdi>{plainName(name)}</bdi>
        </li>
      ))}
      {more > 0 && <li>{t("fleet.selection.andMore", { count: more })}</li>}
    </ul>
  );
}
