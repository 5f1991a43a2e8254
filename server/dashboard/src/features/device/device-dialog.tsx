import type { DeviceDetail } from "@muster/shared/contracts/device.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useLocation } from "wouter";
import { deviceVerb, purgeDevice } from "../../api/device-calls.ts";
import { queries } from "../../api/queries.ts";
import { useWords } from "../../i18n/words.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { plainName } from "../../ui/plain-name.ts";
import { useToasts } from "../../ui/toasts.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import { useFleetLists } from "../fleet/fleet-list-context.tsx";
import { DeviceFieldDialog } from "./device-field-dialog.tsx";
import type { DeviceVerb } from "./device-verb.ts";
import { useDeviceChange } from "./use-device-change.ts";

type DeviceDialogProps = { verb: DeviceVerb; device: DeviceDetail; onClose: () => void };

export function DeviceDialog({ verb, device, onClose }: DeviceDialogProps) {
  switch (verb) {
    case "rename":
    case "customer":
    case "class":
    case "maintenance":
      return <DeviceFieldDialog field={verb} device={device} onClose={onClose} />;
    case "archive":
    case "restore":
      return <ArchiveDialog verb={verb} device={device} onClose={onClose} />;
    case "purge":
      return <PurgeDialog device={device} onClose={onClose} />;
  }
}

function ArchiveDialog({ verb, device, onClose }: DeviceDialogProps & { verb: "archive" | "restore" }) {
  const { t } = useWords();
  const failureText = useFailureText();
  const { take } = useDeviceChange(device.id);
  const run = useMutation({
    mutationFn: () => deviceVerb(device.id, verb),
    onSuccess: (changed) => {
      take(changed);
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={t(`device.${verb}.title`, { name: plainName(device.name) })}
      text={t(`device.${verb}.text`)}
      verb={t(`device.actions.${verb}`)}
      isDanger={verb === "archive"}
      isPending={run.isPending}
      failure={run.error && failureText(run.error)}
      onConfirm={() => run.mutate()}
      onClose={onClose}
    />
  );
}

function PurgeDialog({ device, onClose }: { device: DeviceDetail; onClose: () => void }) {
  const { t } = useWords();
  const failureText = useFailureText();
  const { say } = useToasts();
  const queryClient = useQueryClient();
  const lists = useFleetLists();
  const [, navigate] = useLocation();
  const purge = useMutation({
    mutationFn: () => purgeDevice(device.id),
    onSuccess: () => {
      say({ text: t("device.purge.done", { name: plainName(device.name) }) });
      lists.current().apply({ changed: [], removed: [device.id] });
      navigate("/");
      queryClient.removeQueries({ queryKey: queries.device(device.id).queryKey });
    },
  });
  return (
    <ConfirmDialog
      title={t("device.purge.title", { name: plainName(device.name) })}
      text={t("device.purge.text")}
      verb={t("device.actions.purge")}
      nameToType={{ label: t("device.purge.confirm"), name: plainName(device.name) }}
      isPending={purge.isPending}
      failure={purge.error && failureText(purge.error)}
      onConfirm={() => purge.mutate()}
      onClose={onClose}
    />
  );
}
