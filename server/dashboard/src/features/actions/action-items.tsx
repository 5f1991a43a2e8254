import { Menu } from "@mantine/core";
import type { ActionType } from "@muster/shared/actions/catalog.ts";
import { Zap } from "lucide-react";
import type { OfferedAction } from "./action-catalog.ts";
import { useOfferedLabel } from "./use-offered-label.ts";

type ActionItemsProps = { actions: readonly OfferedAction[]; onAsk: (type: ActionType) => void };

/** The actions without a button of their own, as the first entries of a menu. */
export function ActionItems({ actions, onAsk }: ActionItemsProps) {
  const labelOf = useOfferedLabel();
  if (actions.length === 0) return null;
  return (
    <>
      {actions.map((offered) => (
        <Menu.Item key={offered.type} leftSection={<Zap size={16} />} onClick={() => onAsk(offered.type)}>
          {labelOf(offered)}
        </Menu.Item>
      ))}
      <Menu.Divider />
    </>
  );
}
