import { Button } from "@mantine/core";
import type { DeviceDetail } from "@muster/shared/contracts/device.ts";
import { mayBeActedOn } from "./may-be-acted-on.ts";
import classes from "./device-actions.module.css";
import { useActionDialog } from "./use-action-dialog.tsx";
import { useOfferedActions } from "./use-offered-actions.ts";
import { useWording } from "./use-wording.ts";

/** Buttons for the first actions of the catalog, on a phone for one; the others are in the device's menu. */
export function DeviceActions({ device }: { device: DeviceDetail }) {
  const wording = useWording();
  const { first } = useOfferedActions();
  const { ask, dialog } = useActionDialog([device]);
  if (!mayBeActedOn(device)) return null;
  return (
    <>
      {first.map(({ type, definition }, index) => (
        <Button
          key={type}
          h={34}
          variant="default"
          className={index > 0 ? classes.wide : undefined}
          onClick={() => ask(type)}
        >
          {wording(definition.label)}
        </Button>
      ))}
      {dialog}
    </>
  );
}
