import type { DeviceChange, DeviceDetail } from "@muster/shared/contracts/device.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { changeDevice } from "../../api/device-calls.ts";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { useToasts } from "../../ui/toasts.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import { useFleetLists } from "../fleet/fleet-list-context.tsx";

/** Changes a device. The page and the list show the answer immediately; a failure is shown as a toast. */
export function useDeviceChange(id: string) {
  const { t } = useTranslations();
  const { showToast } = useToasts();
  const failureText = useFailureText();
  const queryClient = useQueryClient();
  const lists = useFleetLists();
  const take = (device: DeviceDetail) => {
    queryClient.setQueryData(queries.device(id).queryKey, device);
    lists.current().apply({ changed: [device], removed: [] });
  };
  const change = useMutation({
    mutationFn: (body: DeviceChange) => changeDevice(id, body),
    onSuccess: (device) => {
      take(device);
      showToast({ text: t("device.saved") });
    },
    onError: (error) => showToast({ text: failureText(error), tone: "failure" }),
  });
  return { change, take };
}
