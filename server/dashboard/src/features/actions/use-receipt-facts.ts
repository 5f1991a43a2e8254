import type { Action } from "@muster/shared/contracts/action.ts";
import { useWords } from "../../i18n/words.tsx";
import type { Fact } from "../../ui/fact-list.tsx";
import { plainName } from "../../ui/plain-name.ts";
import { receiptsOf } from "./receipts.ts";

/** What became of a message, session by session, in the present language. */
export function useReceiptFacts(action: Action): Fact[] {
  const { t } = useWords();
  const wordOfWay = (by: string) => (by === "tray" ? t("actions.receipt.by.tray") : by);
  const wordOfReason = (reason: string) =>
    reason === "locked" || reason === "disconnected" ? t(`actions.receipt.reason.${reason}`) : reason;
  return receiptsOf(action).map((receipt) => ({
    name: t("actions.receipt.session", { user: plainName(receipt.user) }),
    value:
      receipt.kind === "shown"
        ? t("actions.receipt.shown", { by: wordOfWay(receipt.by) })
        : t("actions.receipt.notShown", { reason: wordOfReason(receipt.reason) }),
  }));
}
