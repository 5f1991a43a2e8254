import { message } from "@muster/shared/actions/message.ts";
import type { Action } from "@muster/shared/contracts/action.ts";

/** What became of a message in one session of a machine. */
export type Receipt = { user: string } & (
  | { kind: "shown"; by: string }
  | { kind: "not-shown"; reason: string }
);

/** The sessions of a message that has ended, those that saw it first; none for other actions. */
export function receiptsOf({ type, result }: Pick<Action, "type" | "result">): Receipt[] {
  if (type !== "message") return [];
  const parsed = message.result.safeParse(result);
  if (!parsed.success) return [];
  const { shown, notShown } = parsed.data;
  return [
    ...shown.map(({ user, by }) => ({ user, kind: "shown" as const, by })),
    ...notShown.map(({ user, reason }) => ({ user, kind: "not-shown" as const, reason })),
  ];
}
