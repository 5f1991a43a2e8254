import type { Store } from "../../platform/database/store.ts";
import { createPostgresFreezing } from "./freezing.system-repository.postgres.ts";
import { createSqliteFreezing } from "./freezing.system-repository.sqlite.ts";
import type { FreezingRepository } from "./freezing.system-repository.ts";

/** Freezing as this store's dialect does it. */
export function createFreezing({ engine }: Store): FreezingRepository {
  return engine.kind === "sqlite" ? createSqliteFreezing(engine) : createPostgresFreezing(engine.pool);
}
