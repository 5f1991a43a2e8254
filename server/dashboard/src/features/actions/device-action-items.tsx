import { Menu } from "@mantine/core";
import type { ActionType } from "@muster/shared/actions/catalog.ts";
import { Zap } from "lucide-react";
import classes from "./device-actions.module.css";
import { useOfferedActions } from "./use-offered-actions.ts";
import { useWording } from "./use-wording.ts";

/** The actions without a button of their own, as entries of the device's menu. */
export function DeviceActionItems({ onAsk }: { onAsk: (type: ActionType) => void }) {
  const wording = useWording();
  const { first, others } = useOfferedActions();
  if (first.length === 0) return null;
  return (
    <>
      {[...first.slice(1), ...others].map(({ type, definition }) => (
        <Menu.Item
          key={type}
          className={first.some((one) => one.type === type) ? classes.phone : undefined}
          leftSection={<Zap size={16} />}
          onClick={() => onAsk(type)}
        >
          {wording(definition.label)}
        </Menu.Item>
      ))}
      <Menu.Divider />
    </>
  );
}
