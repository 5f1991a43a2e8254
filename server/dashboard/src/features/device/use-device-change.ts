import type { DeviceChange, DeviceDetail } from "@muster/shared/contracts/device.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { changeDevice } from "../../api/device-calls.ts";
import { queries } from "../../api/queries.ts";
import { useWords } from "../../i18n/words.tsx";
import { useToasts } from "../../ui/toasts.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import { useFleetLists } from "../fleet/fleet-list-context.tsx";

/** Changes a device; the page and the list take the answer at once, a failure is said. */
export function useDeviceChange(id: string) {
  const { t } = useWords();
  const { say } = useToasts();
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
      say({ text: t("device.saved") });
    },
    onError: (error) => say({ text: failureText(error), tone: "failure" }),
  });
  return { change, take };
}
