import type { QueuedActions, NewActions } from "@muster/shared/contracts/action.ts";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { queueActions } from "../../api/action-calls.ts";
import { ApiError } from "../../api/api-error.ts";
import { useFailureText } from "../../ui/use-failure-text.ts";
import { useFollow } from "./follow-context.tsx";
import { type RefusedDevice, refusedIn } from "./refused-device.ts";
import { createRequestKeys, makeRandomKey } from "./request-key.ts";
import type { ActionTarget } from "./target-summary.ts";

type Asked = { queued: number; refused: readonly RefusedDevice[] };

/** Asks for an action once, however often it is submitted, and has it followed. `asked` tells what became of it. */
export function useQueueActions(devices: readonly ActionTarget[], onDone: () => void) {
  const failureText = useFailureText();
  const follow = useFollow();
  const [keyOf] = useState(() => createRequestKeys(makeRandomKey));
  const [asked, setAsked] = useState<Asked | null>(null);
  const queue = useMutation({
    mutationFn: (request: NewActions) => queueActions({ ...request, idempotencyKey: keyOf(request) }),
    onSuccess: ({ batchId, actions, refused }: QueuedActions, { type }) => {
      const actionIds = actions.map(({ id }) => id);
      const single = devices.find(({ id }) => actions.length === 1 && id === actions[0]?.deviceId);
      follow({ batchId, type, actionIds, deviceName: single?.name ?? null });
      if (refused.length === 0) onDone();
      else setAsked({ queued: actions.length, refused });
    },
    onError: (error) => {
      const refused = error instanceof ApiError ? refusedIn(error.details) : [];
      if (refused.length > 0) setAsked({ queued: 0, refused });
    },
  });
  return {
    asked,
    isPending: queue.isPending,
    failure: queue.error ? failureText(queue.error) : null,
    submit(request: NewActions) {
      if (!queue.isPending) queue.mutate(request);
    },
  };
}
