import { useWords } from "../../i18n/words.tsx";
import { plainName } from "../../ui/plain-name.ts";
import classes from "./device-names.module.css";

const SHOWN = 6;

/** Names what a change hits: the first few, and how many more. */
export function DeviceNames({ devices }: { devices: readonly { id: string; name: string }[] }) {
  const { t } = useWords();
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
