import { Button, Loader } from "@mantine/core";
import { CircleCheck } from "lucide-react";
import { useState } from "react";
import { Link } from "wouter";
import { useTranslations } from "../../i18n/translations.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import classes from "./add-device-dialog.module.css";
import { InstallPanel } from "./install-panel.tsx";
import { type InstallLines, useArrival } from "./use-enrolment.ts";

type AddDeviceDialogProps = { knownIds: ReadonlySet<string>; onClose: () => void };

/** Gives the command that installs an agent, and shows the device when it has reported. */
export function AddDeviceDialog({ knownIds, onClose }: AddDeviceDialogProps) {
  const { t } = useTranslations();
  const [lines] = useState<InstallLines>(() => new Map());
  const arrived = useArrival(knownIds);
  return (
    <Dialog onClose={onClose} size="lg" title={t("settings.enrol.title")}>
      <div className={classes.dialog}>
        <InstallPanel lines={lines}>
          {!arrived && (
            <div className={classes.wait} role="status">
              <Loader size={16} />
              {t("settings.enrol.waiting")}
            </div>
          )}
        </InstallPanel>
        <div role="status">
          {arrived && (
            <div className={classes.wait}>
              <CircleCheck size={18} aria-hidden="true" className={classes.done} />
              <bdi className={classes.name}>{t("settings.enrol.arrived", { name: arrived.name })}</bdi>
              <Button component={Link} href={`/devices/${arrived.id}`} size="compact-sm" onClick={onClose}>
                {t("settings.enrol.open")}
              </Button>
            </div>
          )}
        </div>
      </div>
    </Dialog>
  );
}
