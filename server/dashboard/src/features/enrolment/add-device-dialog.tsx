import { Button, Loader } from "@mantine/core";
import { CircleCheck } from "lucide-react";
import { Link } from "wouter";
import { useTranslations } from "../../i18n/translations.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { FormError } from "../../ui/form-error.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import classes from "./add-device-dialog.module.css";
import { EnrolLines } from "./enrol-lines.tsx";
import { useEnrolment } from "./use-enrolment.ts";

type AddDeviceDialogProps = { knownIds: ReadonlySet<string>; onClose: () => void };

/** Gives the line that lets a computer join, and says when it has. */
export function AddDeviceDialog({ knownIds, onClose }: AddDeviceDialogProps) {
  const { t } = useTranslations();
  const failureText = useFailureText();
  const { creation, arrived } = useEnrolment(knownIds);
  return (
    <Dialog onClose={onClose} size="lg" title={t("settings.enrol.title")}>
      <div className={classes.dialog}>
        {creation.data ? (
          <>
            <p>{t("settings.enrol.intro")}</p>
            <EnrolLines secret={creation.data.secret} />
            <div className={classes.wait} role="status">
              {arrived ? (
                <>
                  <CircleCheck size={18} aria-hidden="true" className={classes.done} />
                  <bdi className={classes.name}>{t("settings.enrol.arrived", { name: arrived.name })}</bdi>
                  <Button
                    component={Link}
                    href={`/devices/${arrived.id}`}
                    size="compact-sm"
                    onClick={onClose}
                  >
                    {t("settings.enrol.open")}
                  </Button>
                </>
              ) : (
                <>
                  <Loader size={16} />
                  {t("settings.enrol.waiting")}
                </>
              )}
            </div>
          </>
        ) : (
          <>
            <p>{t("settings.enrol.validity")}</p>
            <FormError text={creation.error && failureText(creation.error)} />
            <Button data-autofocus loading={creation.isPending} onClick={() => creation.mutate()}>
              {t("settings.enrol.create")}
            </Button>
          </>
        )}
      </div>
    </Dialog>
  );
}
