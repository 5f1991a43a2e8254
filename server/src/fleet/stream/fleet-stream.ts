import { setImmediate } from "node:timers/promises";
import type { DevicesEvent, StreamEventName } from "@muster/shared/contracts/stream.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import type { EventBus, Hint, Topic } from "../../platform/events/event-bus.ts";
import { type EventFrame, eventFrame } from "../../platform/http/event-frame.ts";
import type { EventStream } from "../../platform/http/open-event-stream.ts";
import type { Job } from "../../platform/jobs/job.ts";
import { readDeviceRows, readListedIds, ROWS_PER_READ } from "../devices/device-list.repository.ts";
import { toSummary } from "../devices/device-row.ts";
import type { FleetSummaries } from "../summary/fleet-summary.service.ts";
import { type Tenant, tenantKeyOf, tenantOf } from "../../platform/tenant.ts";

type Reader = Pick<EventStream, "send" | "onClose">;

/** The open pages of one tenant, and the changes that they have not received yet. */
type Subscribers = {
  tenant: Tenant;
  /** The devices that limited pages may know; null before they were read, and for a whole organization. */
  known: Set<string> | null;
  streams: Set<Reader>;
  hinted: Set<string>;
  isDirty: boolean;
  hasNewPage: boolean;
  /** Ids only: pages read the actions that they show. */
  actions: Set<string>;
  /** Ids only, as those of actions. */
  alarms: Set<string>;
};

export type FleetStream = {
  /** Sends the changes that the tenant reaches to `stream` until it closes, and those after the position `since`. */
  join(tenant: Tenant, stream: Reader, since?: string): void;
  /** Sends what changed since the last run to all subscribers. */
  job: Job;
};

const EVERY_MS = 1_000;
/** With more changes than this between two runs, pages read the list again: that is faster. */
const MAX_CHANGES = 1_000;

const STREAMED_TOPICS = [
  "device.changed",
  "device.removed",
  "action.changed",
  "alarm.changed",
] as const satisfies readonly Topic[];

/** Which of these actions are about devices that the tenant reaches. */
export type FilterActionIds = (tenant: Tenant, actionIds: readonly string[]) => Promise<string[]>;
/** Which of these alarms the tenant reaches. */
export type FilterAlarmIds = (tenant: Tenant, alarmIds: readonly string[]) => Promise<string[]>;

/** Combines changes once a second: rows are read once and sent in one frame to all pages of a tenant. */
export function createFleetStream(deps: {
  store: Store;
  clock: Clock;
  events: EventBus;
  summaries: FleetSummaries;
  filterActionIds: FilterActionIds;
  filterAlarmIds: FilterAlarmIds;
}): FleetStream {
  const { store, clock, events, summaries } = deps;
  const filters = { actions: deps.filterActionIds, alarms: deps.filterAlarmIds };
  /** By organization, then by the key of the tenant. */
  const subscribersOf = new Map<string, Map<string, Subscribers>>();

  for (const topic of STREAMED_TOPICS) {
    events.subscribe(topic, (hint) => {
      for (const subscribers of subscribersOf.get(hint.orgId)?.values() ?? []) addHint(subscribers, hint);
    });
  }
  events.onResync(() => {
    for (const subscribers of allSubscribers()) send(subscribers, frameOf("resync", {}));
  });

  function allSubscribers(): Subscribers[] {
    return [...subscribersOf.values()].flatMap((ofTenants) => [...ofTenants.values()]);
  }

  /** Sends with the next run what changed between a page's reads and its stream. */
  function catchUp(subscribers: Subscribers, stream: Reader, since: string): void {
    const { tenant } = subscribers;
    const missed = events.since(tenant.orgId, since)?.filter(isStreamed);
    // A limited page's stream cannot tell which of its devices left between: it does not know what the page had.
    if (!missed || (missed.length > 0 && tenant.customerIds !== null)) {
      stream.send(frameOf("resync", {}));
      return;
    }
    for (const hint of missed) addHint(subscribers, hint);
  }

  async function sendChanges(subscribers: Subscribers): Promise<void> {
    const ids = [...subscribers.hinted];
    subscribers.hinted.clear();
    subscribers.isDirty = false;
    try {
      // One buffer, so one write for each page.
      const frames = await framesOf(subscribers, ids);
      if (frames.length > 0) send(subscribers, Buffer.concat(frames));
    } catch (error) {
      addDevices(subscribers, ids);
      throw error;
    }
  }

  async function framesOf(subscribers: Subscribers, ids: readonly string[]): Promise<EventFrame[]> {
    const { tenant } = subscribers;
    if (tenant.customerIds !== null) return limitedFramesOf(subscribers, ids);
    const frames: EventFrame[] = [];
    if (ids.length > MAX_CHANGES) frames.push(frameOf("resync", {}));
    else if (ids.length > 0)
      frames.push(frameOf("devices", await readChanges(store, tenant, ids, clock.now())));
    frames.push(frameOf("summary", await summaries.refresh(tenant)));
    return frames;
  }

  /** Nothing, not even a summary, for changes that the tenant does not reach. */
  async function limitedFramesOf(subscribers: Subscribers, ids: readonly string[]): Promise<EventFrame[]> {
    const { tenant } = subscribers;
    subscribers.known ??= new Set(await readListedIds(store.read, tenant));
    const changes = await readChanges(store, tenant, ids, clock.now());
    const removed = changes.removed.filter((id) => subscribers.known?.delete(id));
    for (const { id } of changes.changed) subscribers.known.add(id);
    const hasChanged = changes.changed.length > 0 || removed.length > 0;
    if (!hasChanged && !subscribers.hasNewPage) return [];
    subscribers.hasNewPage = false;
    const summary = frameOf("summary", await summaries.refresh(tenant));
    return hasChanged ? [frameOf("devices", { changed: changes.changed, removed }), summary] : [summary];
  }

  async function sendChangedIds(subscribers: Subscribers, kind: "actions" | "alarms"): Promise<void> {
    const all = [...subscribers[kind]];
    if (all.length === 0) return;
    subscribers[kind].clear();
    if (all.length > MAX_CHANGES) return send(subscribers, frameOf("resync", {}));
    const { tenant } = subscribers;
    try {
      const changed = tenant.customerIds === null ? all : await filters[kind](tenant, all);
      if (changed.length > 0) send(subscribers, frameOf(kind, { changed }));
    } catch (error) {
      for (const id of all) subscribers[kind].add(id);
      throw error;
    }
  }

  return {
    join(tenant, stream, since) {
      const { orgId } = tenant;
      const ofTenants = subscribersOf.get(orgId) ?? new Map<string, Subscribers>();
      subscribersOf.set(orgId, ofTenants);
      const key = tenantKeyOf(tenant);
      const subscribers = ofTenants.get(key) ?? noSubscribers(tenantOf(tenant));
      ofTenants.set(key, subscribers);
      subscribers.streams.add(stream);
      subscribers.isDirty = true;
      subscribers.hasNewPage = true;
      if (since !== undefined) catchUp(subscribers, stream, since);
      stream.onClose(() => {
        subscribers.streams.delete(stream);
        if (subscribers.streams.size === 0) ofTenants.delete(key);
        if (ofTenants.size === 0) subscribersOf.delete(orgId);
      });
    },
    job: {
      name: "fleet-stream",
      everyMs: EVERY_MS,
      isPerServer: true,
      async run(signal) {
        for (const subscribers of allSubscribers()) {
          if (signal.aborted) return;
          if (subscribers.isDirty) await sendChanges(subscribers);
          await sendChangedIds(subscribers, "actions");
          await sendChangedIds(subscribers, "alarms");
        }
      },
    },
  };
}

async function readChanges(
  store: Store,
  tenant: Tenant,
  ids: readonly string[],
  now: number,
): Promise<DevicesEvent> {
  const changed: DevicesEvent["changed"] = [];
  for (let start = 0; start < ids.length; start += ROWS_PER_READ) {
    const slice = ids.slice(start, start + ROWS_PER_READ);
    const rows = await readDeviceRows(store.read, tenant, slice);
    for (const row of rows) changed.push(toSummary(row, now));
    await setImmediate();
  }
  const found = new Set(changed.map(({ id }) => id));
  return { changed, removed: ids.filter((id) => !found.has(id)) };
}

function isStreamed(hint: Hint): boolean {
  return STREAMED_TOPICS.some((topic) => topic === hint.topic);
}

function addHint(subscribers: Subscribers, { topic, ids }: Hint): void {
  switch (topic) {
    case "action.changed":
      for (const id of ids) subscribers.actions.add(id);
      return;
    case "alarm.changed":
      for (const id of ids) subscribers.alarms.add(id);
      return;
    default:
      addDevices(subscribers, ids);
  }
}

function addDevices(subscribers: Subscribers, ids: readonly string[]): void {
  subscribers.isDirty = true;
  for (const id of ids) subscribers.hinted.add(id);
}

function noSubscribers(tenant: Tenant): Subscribers {
  return {
    tenant,
    known: null,
    streams: new Set(),
    hinted: new Set(),
    isDirty: true,
    hasNewPage: true,
    actions: new Set(),
    alarms: new Set(),
  };
}

function send({ streams }: Subscribers, frame: EventFrame): void {
  for (const stream of streams) stream.send(frame);
}

function frameOf(event: StreamEventName, data: unknown): EventFrame {
  return eventFrame(event, JSON.stringify(data));
}
