import { Button } from "@mantine/core";
import type { Action } from "@muster/shared/contracts/action.ts";
import { useMutation } from "@tanstack/react-query";
import { cancelAction } from "../../api/action-calls.ts";
import { ApiError } from "../../api/api-error.ts";
import { useWords } from "../../i18n/words.tsx";
import { plainName } from "../../ui/plain-name.ts";
import { useToasts } from "../../ui/toasts.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import { useSession } from "../session/session-context.tsx";
import { definitionOf } from "./action-catalog.ts";
import { isOver } from "./state-line.ts";
import { useActionWords } from "./use-action-words.ts";

/** Calls an action off while that is possible: at once before the device has it, else by asking the device. */
export function CancelButton({ action, onChanged }: { action: Action; onChanged: (id: string) => void }) {
  const { t } = useWords();
  const wordsOf = useActionWords();
  const failureText = useFailureText();
  const { may } = useSession();
  const { say } = useToasts();
  const definition = definitionOf(action.type);
  const cancel = useMutation({
    mutationFn: () => cancelAction(action.id),
    onError: (error) => {
      const isTooLate = error instanceof ApiError && error.code === "conflict";
      say({ text: isTooLate ? t("actions.cancel.tooLate") : failureText(error), tone: "failure" });
    },
    onSettled: () => onChanged(action.id),
  });
  if (isOver(action.state) || action.cancelAsked || !may(definition.role)) return null;
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      color="critical"
      loading={cancel.isPending}
      aria-label={t("actions.cancel.name", {
        action: wordsOf(action.type).label,
        device: plainName(action.deviceName),
      })}
      onClick={() => cancel.mutate()}
    >
      {t("actions.cancel.verb")}
    </Button>
  );
}
