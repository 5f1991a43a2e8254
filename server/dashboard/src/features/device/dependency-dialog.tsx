import type { DeviceDetail } from "@muster/shared/contracts/device.ts";
import { useQueryClient } from "@tanstack/react-query";
import { changeDevice } from "../../api/device-calls.ts";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { EditDialogForm } from "../../ui/drafts/edit-dialog-form.tsx";
import { useEditForm } from "../../ui/drafts/use-edit-form.ts";
import { plainName } from "../../ui/plain-name.ts";
import { DeviceSelect } from "../fleet/device-select.tsx";
import { useDeviceChange } from "./use-device-change.ts";

/** Chooses the device without which this one cannot be reached. */
export function DependencyDialog({ device, onClose }: { device: DeviceDetail; onClose: () => void }) {
  const { t } = useTranslations();
  const queryClient = useQueryClient();
  const { saved, reload } = useDeviceChange(device.id);
  const edit = useEditForm({
    object: `device:${device.id}:dependency`,
    resource: device,
    valuesOf: ({ dependsOn }) => ({ dependsOn }),
    reload,
    send: ({ dependsOn }, { id, version }) => changeDevice(id, { dependsOn }, version),
    onDone(changed) {
      saved(changed);
      onClose();
    },
  });
  const { form } = edit;
  const label = t("device.dependency.label");
  const textOf = (id: string | null) => {
    if (id === null) return t("device.dependency.none");
    const known = queryClient.getQueryData<DeviceDetail>(queries.device(id).queryKey);
    return known ? plainName(known.name) : id;
  };
  return (
    <Dialog title={t("device.actions.dependency")} onClose={onClose}>
      <EditDialogForm edit={edit} describe={{ dependsOn: { label, textOf } }} onClose={onClose}>
        <DeviceSelect
          label={label}
          description={t("device.dependency.hint")}
          placeholder={t("device.dependency.none")}
          error={form.errors["dependsOn"]}
          value={form.values.dependsOn ?? undefined}
          onChange={(dependsOn) => form.setFieldValue("dependsOn", dependsOn)}
        />
      </EditDialogForm>
    </Dialog>
  );
}
