import { Menu } from "@mantine/core";
import type { ActionType } from "@muster/shared/actions/catalog.ts";
import { Zap } from "lucide-react";
import { useDevicePageActions } from "./use-device-page-actions.ts";
import { useWording } from "./use-wording.ts";

/** The actions without a button of their own, as entries of the device's menu. */
export function DeviceActionItems({ onAsk }: { onAsk: (type: ActionType) => void }) {
  const wording = useWording();
  const { others } = useDevicePageActions();
  if (others.length === 0) return null;
  return (
    <>
      {others.map(({ type, definition }) => (
        <Menu.Item key={type} leftSection={<Zap size={16} />} onClick={() => onAsk(type)}>
          {wording(definition.label)}
        </Menu.Item>
      ))}
      <Menu.Divider />
    </>
  );
}
