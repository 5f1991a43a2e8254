import type { DevicePage, DeviceSummary } from "@muster/shared/contracts/device.ts";
import type { DevicesEvent } from "@muster/shared/contracts/stream.ts";
import type { FleetQuery } from "./fleet-query.ts";
import { addPage, applyChanges, type FleetRows, NO_ROWS, resort } from "./fleet-rows.ts";

/** What a page of the list shows. `failure` is about the last request; rows that are there stay. */
export type FleetListSnapshot = {
  devices: ReadonlyMap<string, DeviceSummary>;
  order: readonly string[];
  changedCount: number;
  hasMore: boolean;
  phase: "loading" | "loading-more" | "idle";
  failure: unknown;
};

type FleetListDeps = {
  query: FleetQuery;
  fetchPage: (page: {
    cursor: string | undefined;
    limit: number;
    signal: AbortSignal;
  }) => Promise<DevicePage>;
};

export type FleetList = ReturnType<typeof createFleetList>;

const FIRST_PAGE = 50;
const NEXT_PAGE = 200;
const MAX_RELOADED_ROWS = 1_000;

/**
 * One list of devices that grows by pages and is kept up to date by the stream. While it is held (the pointer is over it) rows
 * change but do not move.
 */
export function createFleetList({ query, fetchPage }: FleetListDeps) {
  let rows: FleetRows = NO_ROWS;
  let cursor: string | undefined;
  let isHeld = false;
  /** Changes during a request, whose answer may be older than they are. */
  let changesMeanwhile: DevicesEvent[] = [];
  let scrollTop = 0;
  const requests = createRequests(publish);
  let snapshot = describe();
  const listeners = new Set<() => void>();

  function describe(): FleetListSnapshot {
    return {
      devices: rows.devices,
      order: rows.order,
      changedCount: rows.misplaced.size,
      hasMore: !rows.isWhole,
      ...requests.state(),
    };
  }

  function publish(): void {
    snapshot = describe();
    for (const listener of listeners) listener();
  }

  function withChanges(known: FleetRows, event: DevicesEvent): FleetRows {
    const changed = applyChanges(known, event, query);
    return isHeld ? changed : resort(changed, query);
  }

  async function read(
    phase: "loading" | "loading-more",
    readRows: (signal: AbortSignal) => Promise<FleetRows>,
  ) {
    changesMeanwhile = [];
    await requests.run(phase, async (signal) => {
      rows = changesMeanwhile.reduce(withChanges, await readRows(signal));
    });
  }

  const reload = () =>
    read("loading", async (signal) => {
      const atLeast = Math.min(rows.order.length, MAX_RELOADED_ROWS);
      const pages = await readPages(fetchPage, atLeast, signal);
      cursor = pages.cursor;
      return pages.rows;
    });

  return {
    query,
    snapshot: () => snapshot,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Reads the list again, as far as it was read before; what is shown stays until the answer is there. */
    reload,
    async loadMore(): Promise<void> {
      if (requests.isRunning() || rows.isWhole) return;
      await read("loading-more", async (signal) => {
        const page = await fetchPage({ cursor, limit: NEXT_PAGE, signal });
        cursor = page.nextCursor ?? undefined;
        return addPage(rows, page);
      });
    },
    apply(event: DevicesEvent): void {
      // The stream knows no archived devices: it reports one that changed as removed.
      if (query.archived && event.removed.some((id) => rows.devices.has(id))) {
        void reload();
        return;
      }
      if (requests.isRunning()) changesMeanwhile.push(event);
      rows = withChanges(rows, event);
      publish();
    },
    hold(held: boolean): void {
      isHeld = held;
      if (held || rows.misplaced.size === 0) return;
      rows = resort(rows, query);
      publish();
    },
    resort(): void {
      rows = resort(rows, query);
      publish();
    },
    rememberScroll(top: number): void {
      scrollTop = top;
    },
    scrollTop: () => scrollTop,
    close: requests.stop,
  };
}

type Requests = Pick<FleetListSnapshot, "phase" | "failure">;

/** Runs one request at a time; a new one stops the one before it. */
function createRequests(publish: () => void) {
  let state: Requests = { phase: "loading", failure: null };
  let running: AbortController | null = null;
  return {
    state: () => state,
    isRunning: () => running !== null,
    stop: () => running?.abort(),
    async run(
      phase: "loading" | "loading-more",
      work: (signal: AbortSignal) => Promise<void>,
    ): Promise<void> {
      running?.abort();
      const controller = new AbortController();
      running = controller;
      state = { phase, failure: null };
      publish();
      let failure: unknown = null;
      try {
        await work(controller.signal);
      } catch (error) {
        if (controller.signal.aborted) return;
        failure = error;
      }
      if (running !== controller) return;
      running = null;
      state = { phase: "idle", failure };
      publish();
    },
  };
}

async function readPages(fetchPage: FleetListDeps["fetchPage"], atLeast: number, signal: AbortSignal) {
  let rows: FleetRows = NO_ROWS;
  let cursor: string | undefined;
  do {
    const limit = atLeast > FIRST_PAGE ? NEXT_PAGE : FIRST_PAGE;
    const page = await fetchPage({ cursor, limit, signal });
    rows = addPage(rows, page);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && rows.order.length < atLeast);
  return { rows, cursor };
}
