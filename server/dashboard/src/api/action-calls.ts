import type {
  Action,
  ActionBatch,
  ActionBatchPage,
  ActionBatchQuery,
  ActionListQuery,
  ActionPage,
  QueuedActions,
  NewActions,
} from "@muster/shared/contracts/action.ts";
import { callApi } from "./client.ts";
import { paths } from "./paths.ts";

/** The filters of a list of actions. */
export type ActionFilter = Partial<Pick<ActionListQuery, "deviceId" | "batchId" | "type" | "state">>;

/** A batch has at most this many actions on one page of an answer. */
const PAGE_LIMIT = 200;

export function queueActions(body: NewActions): Promise<QueuedActions> {
  return callApi("actionsQueued", paths.actions, { method: "POST", body });
}

export function readActions(
  filter: ActionFilter,
  page: { cursor?: string | undefined; limit?: number; signal?: AbortSignal } = {},
): Promise<ActionPage> {
  const { cursor, limit, signal } = page;
  return callApi("actionPage", paths.actions, {
    query: { ...filter, cursor, limit },
    ...(signal && { signal }),
  });
}

export function readAction(id: string): Promise<Action> {
  return callApi("action", paths.action(id));
}

/** All actions of a batch, read page by page. */
export async function readBatch(batchId: string): Promise<Action[]> {
  const found: Action[] = [];
  let cursor: string | undefined;
  do {
    const page = await readActions({ batchId }, { cursor, limit: PAGE_LIMIT });
    found.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return found;
}

export function cancelAction(id: string): Promise<Action> {
  return callApi("action", paths.actionCancel(id), { method: "POST" });
}

/** The filters of the list of batches; `batchId` is one batch alone. */
export type BatchFilter = Partial<
  Pick<ActionBatchQuery, "deviceId" | "type" | "state" | "requester" | "since" | "until">
> & { batchId?: string | undefined };

export async function readBatches(
  { batchId, ...filter }: BatchFilter,
  { query, signal }: { query: { cursor: string | undefined }; signal?: AbortSignal },
): Promise<ActionBatchPage> {
  const more = signal && { signal };
  if (batchId === undefined)
    return callApi("actionBatchPage", paths.actionBatches, { query: { ...filter, ...query }, ...more });
  const batch = await callApi("actionBatch", paths.actionBatch(batchId), { ...more });
  return { items: [batch], nextCursor: null };
}

export function cancelBatch(id: string): Promise<ActionBatch> {
  return callApi("actionBatch", paths.actionBatchCancel(id), { method: "POST" });
}
