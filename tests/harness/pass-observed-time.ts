import type { FleetWorld } from "./fleet-server.ts";

/** Lets time pass during which a server ran and noticed who does not report. */
export async function passObservedTime(world: FleetWorld, seconds: number): Promise<void> {
  const ms = seconds * 1_000;
  await world.store.transaction((tx) =>
    tx
      .updateTable("presence_clock")
      .set((row) => ({ observed_ms: row("observed_ms", "+", ms), ticked_at: world.clock.now() + ms }))
      .execute(),
  );
  world.clock.advance(ms);
  await world.runJobs("fleet-presence-clock", "fleet-presence");
}
