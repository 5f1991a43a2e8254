import { setImmediate } from "node:timers/promises";
import type { DevicesEvent, StreamEventName } from "@muster/shared/contracts/stream.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import type { EventBus } from "../../platform/events/event-bus.ts";
import { type EventFrame, eventFrame } from "../../platform/http/event-frame.ts";
import type { EventStream } from "../../platform/http/open-event-stream.ts";
import type { Job } from "../../platform/jobs/job.ts";
import { readDeviceRows, ROWS_AT_ONCE } from "../devices/device-list.repository.ts";
import { toSummary } from "../devices/device-row.ts";
import type { FleetSummaries } from "../summary/fleet-summary.service.ts";

type Reader = Pick<EventStream, "send" | "onClose">;

/** The open pages of one organization, and what they have not been told yet. */
type Audience = {
  streams: Set<Reader>;
  hinted: Set<string>;
  isDirty: boolean;
  /** Actions that changed: pages read those that they show. */
  actions: Set<string>;
};

export type FleetStream = {
  /** Sends the organization's changes to `stream` until it closes. */
  join(orgId: string, stream: Reader): void;
  /** Tells every audience what changed since the last turn. */
  job: Job;
};

const EVERY_MS = 1_000;
/** More changes than this between two turns are quicker read anew. */
const MOST_CHANGES = 1_000;

/** Coalesces changes once a second: rows are read once and made one frame, which every page of the organization gets. */
export function createFleetStream(deps: {
  store: Store;
  clock: Clock;
  events: EventBus;
  summaries: FleetSummaries;
}): FleetStream {
  const { store, clock, events, summaries } = deps;
  const audiences = new Map<string, Audience>();

  function note({ orgId, ids }: { orgId: string; ids: readonly string[] }): void {
    const audience = audiences.get(orgId);
    if (!audience) return;
    audience.isDirty = true;
    for (const id of ids) audience.hinted.add(id);
  }
  events.subscribe("device.changed", note);
  events.subscribe("device.removed", note);
  events.subscribe("action.changed", ({ orgId, ids }) => {
    const audience = audiences.get(orgId);
    for (const id of ids) audience?.actions.add(id);
  });
  events.onResync(() => {
    for (const audience of audiences.values()) send(audience, frameOf("resync", {}));
  });

  async function changesOf(orgId: string, ids: readonly string[]): Promise<DevicesEvent> {
    const now = clock.now();
    const changed: DevicesEvent["changed"] = [];
    for (let start = 0; start < ids.length; start += ROWS_AT_ONCE) {
      const slice = ids.slice(start, start + ROWS_AT_ONCE);
      const rows = await readDeviceRows(store.read, orgId, slice);
      for (const row of rows) changed.push(toSummary(row, now));
      await setImmediate();
    }
    const found = new Set(changed.map(({ id }) => id));
    return { changed, removed: ids.filter((id) => !found.has(id)) };
  }

  async function tell(orgId: string, audience: Audience): Promise<void> {
    const ids = [...audience.hinted];
    audience.hinted.clear();
    audience.isDirty = false;
    try {
      // One buffer, so one write for each page.
      send(audience, Buffer.concat(await framesOf(orgId, ids)));
    } catch (error) {
      note({ orgId, ids });
      throw error;
    }
  }

  async function framesOf(orgId: string, ids: readonly string[]): Promise<EventFrame[]> {
    const frames: EventFrame[] = [];
    if (ids.length > MOST_CHANGES) frames.push(frameOf("resync", {}));
    else if (ids.length > 0) frames.push(frameOf("devices", await changesOf(orgId, ids)));
    frames.push(frameOf("summary", await summaries.anew(orgId)));
    return frames;
  }

  function tellActions(audience: Audience): void {
    const changed = [...audience.actions];
    audience.actions.clear();
    send(audience, changed.length > MOST_CHANGES ? frameOf("resync", {}) : frameOf("actions", { changed }));
  }

  return {
    join(orgId, stream) {
      const audience = audiences.get(orgId) ?? newAudience();
      audiences.set(orgId, audience);
      audience.streams.add(stream);
      audience.isDirty = true;
      stream.onClose(() => {
        audience.streams.delete(stream);
        if (audience.streams.size === 0) audiences.delete(orgId);
      });
    },
    job: {
      name: "fleet-stream",
      everyMs: EVERY_MS,
      isPerServer: true,
      async run(signal) {
        for (const [orgId, audience] of audiences) {
          if (signal.aborted) return;
          if (audience.isDirty) await tell(orgId, audience);
          if (audience.actions.size > 0) tellActions(audience);
        }
      },
    },
  };
}

function newAudience(): Audience {
  return { streams: new Set(), hinted: new Set(), isDirty: true, actions: new Set() };
}

function send({ streams }: Audience, frame: EventFrame): void {
  for (const stream of streams) stream.send(frame);
}

function frameOf(event: StreamEventName, data: unknown): EventFrame {
  return eventFrame(event, JSON.stringify(data));
}
