import type { RequestOutcome } from "@muster/shared/contracts/local-agent.ts";
import { useState } from "react";
import type { TrayTranslations } from "../../model/translations.ts";
import { useTranslations } from "./use-translations.ts";

/** The result of a request, shown to the user. */
export type Notice = { kind: "done" | "refused"; text: string };

export type UserRequest = {
  notice: Notice | null;
  isBusy: boolean;
  /** Sends the request, then shows `done` or the error. Ignored while another request is running. */
  send: (request: () => Promise<RequestOutcome>, done: string) => void;
};

export function useRequest(): UserRequest {
  const { t } = useTranslations();
  const [notice, setNotice] = useState<Notice | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  function send(request: () => Promise<RequestOutcome>, done: string): void {
    if (isBusy) return;
    setIsBusy(true);
    setNotice(null);
    void request()
      .then((outcome) => outcomeText(outcome, t))
      .catch(() => t("windows.refused.failed"))
      .then((error) => setNotice(error ? { kind: "refused", text: error } : { kind: "done", text: done }))
      .finally(() => setIsBusy(false));
  }

  return { notice, isBusy, send };
}

/** Why a request failed, as a sentence; null when it succeeded. */
export function outcomeText(outcome: RequestOutcome, t: TrayTranslations["t"]): string | null {
  if (outcome.kind === "done") return null;
  const { why, message } = outcome;
  if (why === "failed" && message) return t("windows.refused.failedBecause", { message });
  return t(`windows.refused.${why}`);
}
