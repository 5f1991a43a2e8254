import type { DeviceCredentials } from "../../identity/index.ts";
import type { Store } from "../../platform/database/store.ts";
import type { PresenceClock } from "../presence/presence-clock.ts";
import type { ReportWatch } from "../watch/report-watch.ts";
import type { CloneAudit } from "./clone-audit.ts";
import { createPostgresIngest } from "./ingest.repository.postgres.ts";
import { createSqliteIngest } from "./ingest.repository.sqlite.ts";
import { isolateFailures } from "./isolate-failures.ts";

/** What stores groups of reports, on the engine of the store. */
export function createIngestRepository(
  { engine }: Store,
  deps: {
    presenceClock: PresenceClock;
    credentials: DeviceCredentials;
    cloneAudit: CloneAudit;
    watch: ReportWatch;
  },
) {
  return isolateFailures(
    engine.kind === "sqlite"
      ? createSqliteIngest({ engine, ...deps })
      : createPostgresIngest({ engine, ...deps }),
  );
}
