import { Button } from "@mantine/core";
import type { DeviceDetail } from "@muster/shared/contracts/device.ts";
import { mayBeActedOn } from "./may-be-acted-on.ts";
import { useActionDialog } from "./use-action-dialog.tsx";
import { useDevicePageActions } from "./use-device-page-actions.ts";
import { useActionWords } from "./use-action-words.ts";

/** Buttons for the first actions of the catalog; the others are in the device's menu. */
export function DeviceActions({ device }: { device: DeviceDetail }) {
  const wordsOf = useActionWords();
  const { first } = useDevicePageActions();
  const { ask, dialog } = useActionDialog([device]);
  if (!mayBeActedOn(device)) return null;
  return (
    <>
      {first.map(({ type }) => (
        <Button key={type} h={34} variant="default" onClick={() => ask(type)}>
          {wordsOf(type).label}
        </Button>
      ))}
      {dialog}
    </>
  );
}
