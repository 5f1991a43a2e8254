import type { ActionState } from "@muster/shared/contracts/action.ts";
import { Ban, Inbox, type LucideIcon, Play } from "lucide-react";
import { useWords } from "../../i18n/words.tsx";
import { StateIcon, type StateName } from "../../ui/state-icon.tsx";
import classes from "./action-list.module.css";

const SHAPE = {
  pending: "waiting",
  done: "ok",
  error: "critical",
  expired: "expired",
  delivered: Inbox,
  executing: Play,
  cancelled: Ban,
} as const satisfies Record<ActionState, StateName | LucideIcon>;

/** An action's state as shape and word. */
export function ActionStateWord({ state }: { state: ActionState }) {
  const { t } = useWords();
  const shape = SHAPE[state];
  const Icon = typeof shape === "string" ? null : shape;
  return (
    <span className={classes.state} data-state={state}>
      {typeof shape === "string" && <StateIcon state={shape} size={14} isDecorative />}
      {Icon && <Icon size={14} aria-hidden="true" />}
      {t(`actions.state.${state}`)}
    </span>
  );
}
