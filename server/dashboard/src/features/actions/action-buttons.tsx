import { Button, type ButtonProps } from "@mantine/core";
import type { ActionType } from "@muster/shared/actions/catalog.ts";
import type { OfferedAction } from "./action-catalog.ts";
import { useOfferedLabel } from "./use-offered-label.ts";

type ActionButtonsProps = {
  actions: readonly OfferedAction[];
  look: ButtonProps;
  onAsk: (type: ActionType) => void;
};

/** A button for each action. */
export function ActionButtons({ actions, look, onAsk }: ActionButtonsProps) {
  const labelOf = useOfferedLabel();
  return actions.map((offered) => (
    <Button key={offered.type} {...look} onClick={() => onAsk(offered.type)}>
      {labelOf(offered)}
    </Button>
  ));
}
