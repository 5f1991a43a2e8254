import type { AlarmAction } from "@muster/shared/contracts/alarm-change.ts";
import {
  AlarmClockOff,
  CheckCheck,
  CircleCheck,
  type LucideIcon,
  MessageSquare,
  UserRound,
} from "lucide-react";

/** What a user does to alarms, with a dialog. */
export type DialogVerb = Exclude<AlarmAction["kind"], "unacknowledge">;

export const DIALOG_VERBS = [
  "acknowledge",
  "snooze",
  "assign",
  "comment",
  "resolve",
] as const satisfies readonly DialogVerb[];

export const VERB_ICONS: Record<DialogVerb, LucideIcon> = {
  acknowledge: CircleCheck,
  snooze: AlarmClockOff,
  assign: UserRound,
  comment: MessageSquare,
  resolve: CheckCheck,
};

/** The alarms that a user acts on; `name` is what a single one is called. */
export type AlarmTargets = { ids: readonly string[]; name: string | null };
