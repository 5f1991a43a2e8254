import type { DeviceDetail } from "@muster/shared/contracts/device.ts";
import { ActionButtons } from "./action-buttons.tsx";
import { mayBeActedOn } from "./may-be-acted-on.ts";
import { useActionDialog } from "./use-action-dialog.tsx";
import { useDevicePageActions } from "./use-device-page-actions.ts";

const LOOK = { h: 34, variant: "default" };

/** Buttons for the first actions of the catalog; the others are in the device's menu. */
export function DeviceActions({ device }: { device: DeviceDetail }) {
  const { first } = useDevicePageActions();
  const { ask, dialog } = useActionDialog([device]);
  if (!mayBeActedOn(device)) return null;
  return (
    <>
      <ActionButtons actions={first} look={LOOK} onAsk={ask} />
      {dialog}
    </>
  );
}
