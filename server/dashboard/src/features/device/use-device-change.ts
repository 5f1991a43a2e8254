import type { DeviceDetail } from "@muster/shared/contracts/device.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { isOutdated } from "../../ui/drafts/use-edit-form.ts";
import { useToasts } from "../../ui/toasts.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import { useFleetLists } from "../fleet/fleet-list-context.tsx";

/** A change that adds or removes something, and so can be made of any version of the device. */
type RepeatableChange = (device: DeviceDetail) => Promise<DeviceDetail>;

/** Changes a device. The page and the list show the answer immediately; a failure is shown as a toast. */
export function useDeviceChange(id: string) {
  const { t } = useTranslations();
  const { showToast } = useToasts();
  const failureText = useFailureText();
  const queryClient = useQueryClient();
  const lists = useFleetLists();
  const query = queries.device(id);
  const take = (device: DeviceDetail) => {
    queryClient.setQueryData(query.queryKey, device);
    lists.current().apply({ changed: [device], removed: [] });
  };
  const saved = (device: DeviceDetail) => {
    take(device);
    showToast({ text: t("device.saved") });
  };
  const reload = () => queryClient.fetchQuery({ ...query, staleTime: 0 });
  const change = useMutation({
    mutationFn: async (changeOf: RepeatableChange) => {
      try {
        return await changeOf(
          await queryClient.fetchQuery({ ...query, staleTime: Number.POSITIVE_INFINITY }),
        );
      } catch (error) {
        if (!isOutdated(error)) throw error;
        return changeOf(await reload());
      }
    },
    onSuccess: take,
    onError: (error) => showToast({ text: failureText(error), tone: "failure" }),
  });
  return { change, take, saved, reload };
}
