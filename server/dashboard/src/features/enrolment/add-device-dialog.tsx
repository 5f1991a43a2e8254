import { Button, Loader } from "@mantine/core";
import { CircleCheck } from "lucide-react";
import { useState } from "react";
import { Link } from "wouter";
import { useTranslations } from "../../i18n/translations.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import classes from "./add-device-dialog.module.css";
import { InstallPanel } from "./install-panel.tsx";
import { type InstallLines, useArrivals } from "./use-enrolment.ts";

type AddDeviceDialogProps = { knownIds: ReadonlySet<string>; onClose: () => void };

/** Gives the command that installs an agent, and shows each device when it has reported. */
export function AddDeviceDialog({ knownIds, onClose }: AddDeviceDialogProps) {
  const { t } = useTranslations();
  const [{ round, lines }, setCommand] = useState(() => newCommand(1));
  const arrived = useArrivals(knownIds);
  return (
    <Dialog onClose={onClose} size="lg" title={t("settings.enrol.title")}>
      <div className={classes.dialog}>
        <InstallPanel lines={lines} round={round}>
          {arrived.length === 0 && (
            <div className={classes.wait} role="status">
              <Loader size={16} />
              {t("settings.enrol.waiting")}
            </div>
          )}
        </InstallPanel>
        <div role="status" className={classes.arrivals}>
          {arrived.map(({ id, name }) => (
            <div key={id} className={classes.wait}>
              <CircleCheck size={18} aria-hidden="true" className={classes.done} />
              <bdi className={classes.name}>{t("settings.enrol.arrived", { name })}</bdi>
              <Button component={Link} href={`/devices/${id}`} size="compact-sm" onClick={onClose}>
                {t("settings.enrol.open")}
              </Button>
            </div>
          ))}
        </div>
        {arrived.length > 0 && (
          <Button size="compact-sm" variant="default" onClick={() => setCommand(newCommand(round + 1))}>
            {t("settings.enrol.another")}
          </Button>
        )}
      </div>
    </Dialog>
  );
}

/** Each has a token of its own. */
function newCommand(round: number): { round: number; lines: InstallLines } {
  return { round, lines: new Map() };
}
