import type { Actions } from "./actions/index.ts";
import type { Fleet } from "./fleet/index.ts";
import { readDatabaseSize } from "./platform/database/database-size.ts";
import type { Store } from "./platform/database/store.ts";
import type { EventStreams } from "./platform/http/event-streams.ts";
import type { RetentionClock } from "./platform/jobs/retention-clock.ts";
import type { ServerMetrics } from "./platform/metrics/server-metrics.ts";

/** Adds what modules know about the server to its own metrics. */
export function addServerGauges(
  { addGauge }: ServerMetrics,
  sources: {
    store: Store;
    fleet: Fleet;
    actions: Actions;
    eventStreams: EventStreams;
    retentionClock: RetentionClock;
  },
): void {
  const { store, fleet, actions, eventStreams, retentionClock } = sources;
  addGauge("muster_streams_open", "Open event streams", () => eventStreams.size);
  addGauge("muster_reports_waiting", "Reports waiting to be stored", () => fleet.waitingReports());
  addGauge("muster_agent_streams_open", "Open streams of agents", () => actions.openStreams());
  addGauge("muster_database_bytes", "Size of the database", () => readDatabaseSize(store));
  addGauge("muster_retention_held", "1 while an implausible clock holds deletion by age", () =>
    retentionClock.isHeld() ? 1 : 0,
  );
  addGauge("muster_retention_lag_seconds", "How far deletion by age is behind the clock", () =>
    retentionClock.lagS(),
  );
}
