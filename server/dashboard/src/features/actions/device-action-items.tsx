import { Menu } from "@mantine/core";
import type { ActionType } from "@muster/shared/actions/catalog.ts";
import { Zap } from "lucide-react";
import { useDevicePageActions } from "./use-device-page-actions.ts";
import { useActionWords } from "./use-action-words.ts";

/** The actions without a button of their own, as entries of the device's menu. */
export function DeviceActionItems({ onAsk }: { onAsk: (type: ActionType) => void }) {
  const wordsOf = useActionWords();
  const { others } = useDevicePageActions();
  if (others.length === 0) return null;
  return (
    <>
      {others.map(({ type }) => (
        <Menu.Item key={type} leftSection={<Zap size={16} />} onClick={() => onAsk(type)}>
          {wordsOf(type).label}
        </Menu.Item>
      ))}
      <Menu.Divider />
    </>
  );
}
