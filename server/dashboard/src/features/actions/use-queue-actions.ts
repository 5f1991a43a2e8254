import type { NewActions, QueuedActions } from "@muster/shared/contracts/action.ts";
import type { ErrorDetail } from "@muster/shared/errors.ts";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { queueActions } from "../../api/action-calls.ts";
import { ApiError } from "../../api/api-error.ts";
import { useFailureText } from "../../ui/use-failure-text.ts";
import { useTrackBatch } from "./batch-tracker.tsx";
import type { ActionTarget } from "./action-target.tsx";

type Asked = { queued: number; refused: readonly RefusedDevice[] };

type Then = {
  onDone: () => void;
  /** Whether the failure was another number of matching devices, which the dialog shows then. */
  recount: (error: unknown) => Promise<boolean>;
};

/** Queues an action once, however often it is submitted, and tracks it. `asked` is the result. */
export function useQueueActions(devices: readonly ActionTarget[], { onDone, recount }: Then) {
  const failureText = useFailureText();
  const trackBatch = useTrackBatch();
  const [keyOf] = useState(() => createRequestKeys(makeRandomKey));
  const [asked, setAsked] = useState<Asked | null>(null);
  const queue = useMutation({
    mutationFn: (request: NewActions) => queueActions({ ...request, idempotencyKey: keyOf(request) }),
    onSuccess: ({ batchId, actions, refused }: QueuedActions, { type }) => {
      const actionIds = actions.map(({ id }) => id);
      const single = devices.find(({ id }) => actions.length === 1 && id === actions[0]?.deviceId);
      trackBatch({ batchId, type, actionIds, deviceName: single?.name ?? null });
      if (refused.length === 0) onDone();
      else setAsked({ queued: actions.length, refused });
    },
    onError: (error) => {
      void recount(error);
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

/**
 * Gives the same request the same idempotency key, and another request another one: submitting twice, or again after an answer
 * that was lost, queues it once.
 */
export function createRequestKeys(randomKey: () => string): (request: object) => string {
  let last: { request: string; key: string } | null = null;
  return (request) => {
    const text = JSON.stringify(request);
    if (last?.request !== text) last = { request: text, key: randomKey() };
    return last.key;
  };
}

/** 128 random bits. `crypto.randomUUID` is only there on pages that came by https. */
function makeRandomKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}

export type RefusedDevice = QueuedActions["refused"][number];

const REASONS: readonly RefusedDevice["reason"][] = ["not-found", "archived", "held", "approval-pending"];
const PATH = "deviceIds.";

/** When every device is refused the answer is an error, whose details name each device and its reason. */
export function refusedIn(details: readonly ErrorDetail[]): RefusedDevice[] {
  return details.flatMap(({ path, message }) => {
    const reason = REASONS.find((known) => known === message);
    return path.startsWith(PATH) && reason ? [{ deviceId: path.slice(PATH.length), reason }] : [];
  });
}
