import { Button } from "@mantine/core";
import type { CloneDecision, DeviceDetail } from "@muster/shared/contracts/device.ts";
import { useMutation } from "@tanstack/react-query";
import { decideClone } from "../../api/device-calls.ts";
import { useWords } from "../../i18n/words.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { FormError } from "../../ui/form-error.tsx";
import { useToasts } from "../../ui/toasts.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import classes from "./clone-dialog.module.css";
import { useDeviceChange } from "./use-device-change.ts";

/** Asks which of two machines with one credential is the right one. */
export function CloneDialog({ device, onClose }: { device: DeviceDetail; onClose: () => void }) {
  const { t } = useWords();
  const failureText = useFailureText();
  const { say } = useToasts();
  const { take } = useDeviceChange(device.id);
  const decide = useMutation({
    mutationFn: (body: CloneDecision) => decideClone(device.id, body),
    onSuccess: (changed, { decision }) => {
      take(changed);
      say({ text: t(`device.clone.${decision}`) });
      onClose();
    },
  });
  return (
    <Dialog title={t("device.clone.title")} size="lg" onClose={onClose}>
      <div className={classes.dialog}>
        <bdi className={classes.name}>{device.name}</bdi>
        <p>{t("device.clone.text")}</p>
        <FormError text={decide.error && failureText(decide.error)} />
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose}>
            {t("shell.action.cancel")}
          </Button>
          <Button
            variant="default"
            loading={decide.isPending}
            onClick={() => decide.mutate({ decision: "keep" })}
          >
            {t("device.actions.keep")}
          </Button>
          <Button
            color="critical"
            loading={decide.isPending}
            onClick={() => decide.mutate({ decision: "revoke" })}
          >
            {t("device.actions.revoke")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
