import { Button, Menu } from "@mantine/core";
import type { ActionType } from "@muster/shared/actions/catalog.ts";
import { Zap } from "lucide-react";
import { useOfferedActions } from "./use-offered-actions.ts";
import { useActionWords } from "./use-action-words.ts";

type Asking = { onAsk: (type: ActionType) => void };

/** Buttons of the selection bar for the first actions of the catalog. */
export function FirstActionButtons({ onAsk }: Asking) {
  const wordsOf = useActionWords();
  const { first } = useOfferedActions();
  return first.map(({ type }) => (
    <Button key={type} size="compact-md" variant="light" onClick={() => onAsk(type)}>
      {wordsOf(type).label}
    </Button>
  ));
}

/** The other actions, as entries of the bar's menu. */
export function OtherActionItems({ onAsk }: Asking) {
  const wordsOf = useActionWords();
  const { others } = useOfferedActions();
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
