import { setImmediate } from "node:timers/promises";
import type { DevicesEvent, StreamEventName } from "@muster/shared/contracts/stream.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import type { EventBus } from "../../platform/events/event-bus.ts";
import { type EventFrame, eventFrame } from "../../platform/http/event-frame.ts";
import type { EventStream } from "../../platform/http/open-event-stream.ts";
import type { Job } from "../../platform/jobs/job.ts";
import { readDeviceRows, ROWS_PER_READ } from "../devices/device-list.repository.ts";
import { toSummary } from "../devices/device-row.ts";
import type { FleetSummaries } from "../summary/fleet-summary.service.ts";

type Reader = Pick<EventStream, "send" | "onClose">;

/** The open pages of one organization, and the changes that they have not received yet. */
type Subscribers = {
  streams: Set<Reader>;
  hinted: Set<string>;
  isDirty: boolean;
  /** Ids only: pages read the actions that they show. */
  actions: Set<string>;
};

export type FleetStream = {
  /** Sends the organization's changes to `stream` until it closes. */
  join(orgId: string, stream: Reader): void;
  /** Sends what changed since the last run to all subscribers. */
  job: Job;
};

const EVERY_MS = 1_000;
/** With more changes than this between two runs, pages read the list again: that is faster. */
const MAX_CHANGES = 1_000;

/** Combines changes once a second: rows are read once and sent in one frame to all pages of the organization. */
export function createFleetStream(deps: {
  store: Store;
  clock: Clock;
  events: EventBus;
  summaries: FleetSummaries;
}): FleetStream {
  const { store, clock, events, summaries } = deps;
  const subscribersOf = new Map<string, Subscribers>();

  function markChanged({ orgId, ids }: { orgId: string; ids: readonly string[] }): void {
    const subscribers = subscribersOf.get(orgId);
    if (!subscribers) return;
    subscribers.isDirty = true;
    for (const id of ids) subscribers.hinted.add(id);
  }
  events.subscribe("device.changed", markChanged);
  events.subscribe("device.removed", markChanged);
  events.subscribe("action.changed", ({ orgId, ids }) => {
    const subscribers = subscribersOf.get(orgId);
    for (const id of ids) subscribers?.actions.add(id);
  });
  events.onResync(() => {
    for (const subscribers of subscribersOf.values()) send(subscribers, frameOf("resync", {}));
  });

  async function sendChanges(orgId: string, subscribers: Subscribers): Promise<void> {
    const ids = [...subscribers.hinted];
    subscribers.hinted.clear();
    subscribers.isDirty = false;
    try {
      // One buffer, so one write for each page.
      send(subscribers, Buffer.concat(await framesOf(orgId, ids)));
    } catch (error) {
      markChanged({ orgId, ids });
      throw error;
    }
  }

  async function framesOf(orgId: string, ids: readonly string[]): Promise<EventFrame[]> {
    const frames: EventFrame[] = [];
    if (ids.length > MAX_CHANGES) frames.push(frameOf("resync", {}));
    else if (ids.length > 0)
      frames.push(frameOf("devices", await readChanges(store, orgId, ids, clock.now())));
    frames.push(frameOf("summary", await summaries.refresh(orgId)));
    return frames;
  }

  function sendActionChanges(subscribers: Subscribers): void {
    const changed = [...subscribers.actions];
    subscribers.actions.clear();
    send(subscribers, changed.length > MAX_CHANGES ? frameOf("resync", {}) : frameOf("actions", { changed }));
  }

  return {
    join(orgId, stream) {
      const subscribers = subscribersOf.get(orgId) ?? noSubscribers();
      subscribersOf.set(orgId, subscribers);
      subscribers.streams.add(stream);
      subscribers.isDirty = true;
      stream.onClose(() => {
        subscribers.streams.delete(stream);
        if (subscribers.streams.size === 0) subscribersOf.delete(orgId);
      });
    },
    job: {
      name: "fleet-stream",
      everyMs: EVERY_MS,
      isPerServer: true,
      async run(signal) {
        for (const [orgId, subscribers] of subscribersOf) {
          if (signal.aborted) return;
          if (subscribers.isDirty) await sendChanges(orgId, subscribers);
          if (subscribers.actions.size > 0) sendActionChanges(subscribers);
        }
      },
    },
  };
}

async function readChanges(
  store: Store,
  orgId: string,
  ids: readonly string[],
  now: number,
): Promise<DevicesEvent> {
  const changed: DevicesEvent["changed"] = [];
  for (let start = 0; start < ids.length; start += ROWS_PER_READ) {
    const slice = ids.slice(start, start + ROWS_PER_READ);
    const rows = await readDeviceRows(store.read, orgId, slice);
    for (const row of rows) changed.push(toSummary(row, now));
    await setImmediate();
  }
  const found = new Set(changed.map(({ id }) => id));
  return { changed, removed: ids.filter((id) => !found.has(id)) };
}

function noSubscribers(): Subscribers {
  return { streams: new Set(), hinted: new Set(), isDirty: true, actions: new Set() };
}

function send({ streams }: Subscribers, frame: EventFrame): void {
  for (const stream of streams) stream.send(frame);
}

function frameOf(event: StreamEventName, data: unknown): EventFrame {
  return eventFrame(event, JSON.stringify(data));
}
