import type { RequestOutcome } from "@muster/shared/contracts/local-agent.ts";
import { useState } from "react";
import type { TrayWords } from "../../model/words.ts";
import { useWords } from "./words.ts";

/** What the person is told after they asked for something. */
export type Notice = { kind: "done" | "refused"; text: string };

export type Wish = {
  notice: Notice | null;
  isBusy: boolean;
  /** Asks, and tells `done` or why not. One at a time: while one is under way others are ignored. */
  make: (asked: () => Promise<RequestOutcome>, done: string) => void;
};

export function useWish(): Wish {
  const { t } = useWords();
  const [notice, setNotice] = useState<Notice | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  function make(asked: () => Promise<RequestOutcome>, done: string): void {
    if (isBusy) return;
    setIsBusy(true);
    setNotice(null);
    void asked()
      .then((outcome) => outcomeText(outcome, t))
      .catch(() => t("windows.refused.failed"))
      .then((refusal) =>
        setNotice(refusal ? { kind: "refused", text: refusal } : { kind: "done", text: done }),
      )
      .finally(() => setIsBusy(false));
  }

  return { notice, isBusy, make };
}

/** Why a wish was not done, as a sentence; null when it was. */
export function outcomeText(outcome: RequestOutcome, t: TrayWords["t"]): string | null {
  if (outcome.kind === "done") return null;
  const { why, message } = outcome;
  if (why === "failed" && message) return t("windows.refused.failedBecause", { message });
  return t(`windows.refused.${why}`);
}
