import { Button } from "@mantine/core";
import type { DeviceDetail } from "@muster/shared/contracts/device.ts";
import { useActionDialog } from "./use-action-dialog.tsx";
import { useOfferedActions } from "./use-offered-actions.ts";
import { useWording } from "./use-wording.ts";

/** Buttons for the first actions of the catalog; the others are in the device's menu. */
export function DeviceActions({ device }: { device: DeviceDetail }) {
  const wording = useWording();
  const { first } = useOfferedActions();
  const { ask, dialog } = useActionDialog([device]);
  if (device.archivedAt !== null) return null;
  return (
    <>
      {first.map(({ type, definition }) => (
        <Button key={type} h={34} variant="default" onClick={() => ask(type)}>
          {wording(definition.label)}
        </Button>
      ))}
      {dialog}
    </>
  );
}
