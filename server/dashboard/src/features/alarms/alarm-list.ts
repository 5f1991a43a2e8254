import type { Alarm, AlarmPage, AlarmSort } from "@muster/shared/contracts/alarm.ts";
import type { AlarmRequest } from "../../api/alarm-calls.ts";
import { createChangeQueue } from "../actions/use-action-list.ts";
import {
  addAlarmPage,
  type AlarmRows,
  applyAlarmChanges,
  countUnsettled,
  NO_ALARMS,
  settleAlarms,
} from "./alarm-rows.ts";

/** What a list of alarms shows. `failure` is about the last request; rows that are there stay. */
export type AlarmListSnapshot = {
  alarms: readonly Alarm[];
  /** Shown rows that no longer belong to the list. */
  left: ReadonlySet<string>;
  changedCount: number;
  hasMore: boolean;
  phase: "loading" | "loading-more" | "idle";
  failure: unknown;
};

export type AlarmList = ReturnType<typeof createAlarmList>;

const PAGE_LIMIT = 100;
/** The server finds this many alarms by their ids; more changes at once make the list read again. */
const MAX_READ_BY_ID = 200;
const MAX_RELOADED_ROWS = 1_000;

/**
 * One list of alarms that grows by pages. Alarms that changed are read by their ids, with the filter of the list, so that the server
 * decides whether they still belong to it. While the list is held (the pointer is over it) rows change but do not move.
 */
export function createAlarmList(deps: {
  filter: AlarmRequest;
  sort: AlarmSort;
  read: (query: AlarmRequest, signal?: AbortSignal) => Promise<AlarmPage>;
}) {
  const { filter, sort, read } = deps;
  let rows: AlarmRows = NO_ALARMS;
  let cursor: string | undefined;
  let isHeld = false;
  let scrollTop = 0;
  let request: Pick<AlarmListSnapshot, "phase" | "failure"> = { phase: "loading", failure: null };
  let running: AbortController | null = null;
  const listeners = new Set<() => void>();
  let snapshot = describe();

  function describe(): AlarmListSnapshot {
    return {
      alarms: rows.order.flatMap((id) => rows.alarms.get(id) ?? []),
      left: rows.left,
      changedCount: countUnsettled(rows, sort),
      hasMore: !rows.isWhole,
      ...request,
    };
  }
  function publish(): void {
    snapshot = describe();
    for (const listener of listeners) listener();
  }
  function settle(): void {
    rows = settleAlarms(rows, sort);
    if (rows.order.length === 0) isHeld = false;
    publish();
  }

  async function run(phase: "loading" | "loading-more", work: (signal: AbortSignal) => Promise<void>) {
    running?.abort();
    const controller = new AbortController();
    running = controller;
    request = { phase, failure: null };
    publish();
    let failure: unknown = null;
    try {
      await work(controller.signal);
    } catch (error) {
      failure = error;
    }
    if (running !== controller) return;
    running = null;
    request = { phase: "idle", failure };
    publish();
  }
  const page = (signal: AbortSignal, after: string | undefined, limit: number) =>
    read({ ...filter, sort, limit, cursor: after }, signal);

  const reload = () =>
    run("loading", async (signal) => {
      const atLeast = Math.min(rows.order.length, MAX_RELOADED_ROWS);
      let next = NO_ALARMS;
      let after: string | undefined;
      do {
        const answer = await page(signal, after, atLeast > PAGE_LIMIT ? MAX_READ_BY_ID : PAGE_LIMIT);
        next = addAlarmPage(next, answer);
        after = answer.nextCursor ?? undefined;
      } while (after !== undefined && next.order.length < atLeast);
      rows = next;
      cursor = after;
    });

  const changes = createChangeQueue(async (ids) => {
    // What is being read may be older than the change; it is applied afterwards.
    while (running !== null) await settledRequest();
    if (ids.size > MAX_READ_BY_ID) return reload();
    const answer = await read({ ...filter, sort, ids: [...ids], limit: MAX_READ_BY_ID }).catch(() => null);
    // The next change or the next connection of the stream reads again.
    if (answer === null) return;
    rows = applyAlarmChanges(rows, { ids, found: answer.items }, sort);
    // Without rows there is nothing that could move under the pointer.
    if (!isHeld || rows.order.length === 0) rows = settleAlarms(rows, sort);
    publish();
  });
  function settledRequest(): Promise<void> {
    return new Promise((resolve) => {
      const check = () => {
        if (running !== null) return;
        listeners.delete(check);
        resolve();
      };
      listeners.add(check);
    });
  }

  return {
    snapshot: () => snapshot,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Reads the list again, as far as it was read before; what is shown stays until the answer is there. */
    reload,
    async loadMore(): Promise<void> {
      if (running !== null || rows.isWhole) return;
      await run("loading-more", async (signal) => {
        const answer = await page(signal, cursor, PAGE_LIMIT);
        cursor = answer.nextCursor ?? undefined;
        rows = addAlarmPage(rows, answer);
      });
    },
    /** Alarms that changed, whether they are listed or not. */
    apply: (ids: readonly string[]) => changes.push(ids),
    hold(held: boolean): void {
      isHeld = held;
      if (!held && snapshot.changedCount > 0) settle();
    },
    settle,
    rememberScroll(top: number): void {
      scrollTop = top;
    },
    scrollTop: () => scrollTop,
    close(): void {
      running?.abort();
      running = null;
      publish();
    },
  };
}
