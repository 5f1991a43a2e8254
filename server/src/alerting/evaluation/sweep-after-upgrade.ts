import type { Organizations } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import { createServerSettings } from "../../platform/server-settings/server-settings.system-repository.ts";
import { startSweep } from "../rules/rule-sets.system-repository.ts";

/** Agents become outdated because the server is newer, which changes no device: a new version has all of them looked at once. */
export async function sweepAfterUpgrade(deps: {
  store: Store;
  clock: Clock;
  organizations: Pick<Organizations, "list">;
  version: string;
}): Promise<void> {
  const { store, clock, organizations, version } = deps;
  const startedAt = String(clock.now());
  const since = await createServerSettings(store).storeIfAbsent(`alarms-since-${version}`, startedAt);
  if (since !== startedAt) return;
  for (const { id } of await organizations.list()) {
    await store.transaction((tx) => startSweep(tx, id, clock.now()));
  }
}
