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
  const settings = createServerSettings(store);
  const name = `alarms-since-${version}`;
  if ((await settings.read(name)) !== null) return;
  const startedAt = clock.now();
  for (const { id } of await organizations.list()) {
    await store.transaction((tx) => startSweep(tx, id, startedAt));
  }
  // Last, so that a server that is killed in between does it again.
  await settings.storeIfAbsent(name, String(startedAt));
}
