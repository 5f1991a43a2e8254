import { Button } from "@mantine/core";
import { useWords } from "../../i18n/words.tsx";
import dialog from "../../ui/dialog-form.module.css";
import { plainName } from "../../ui/plain-name.ts";
import { StateWord } from "../../ui/state-word.tsx";
import classes from "./action-dialog.module.css";
import type { RefusedDevice } from "./refused-device.ts";
import type { ActionTarget } from "./target-summary.ts";

type RefusedDevicesProps = {
  devices: readonly ActionTarget[];
  refused: readonly RefusedDevice[];
  /** How many others will get it. */
  queued: number;
  onClose: () => void;
};

/** Which devices will not get it, by name, and why. */
export function RefusedDevices({ devices, refused, queued, onClose }: RefusedDevicesProps) {
  const { t } = useWords();
  const names = new Map(devices.map(({ id, name }) => [id, plainName(name)]));
  return (
    <div className={dialog.form} role="alert">
      <StateWord state="warn">{t("actions.refused.title", { count: refused.length })}</StateWord>
      <ul className={classes.refused}>
        {refused.map(({ deviceId, reason }) => (
          <li key={deviceId}>
            <bdi>{names.get(deviceId) ?? deviceId}</bdi>
            <span>{t(`actions.refused.reason.${reason}`)}</span>
          </li>
        ))}
      </ul>
      <p className={classes.target}>
        {queued === 0 ? t("actions.refused.none") : t("actions.refused.queued", { count: queued })}
      </p>
      <div className={dialog.buttons}>
        <Button data-autofocus onClick={onClose}>
          {t("shell.action.close")}
        </Button>
      </div>
    </div>
  );
}
