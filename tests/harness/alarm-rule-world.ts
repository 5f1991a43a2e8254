import { AsyncResource } from "node:async_hooks";
import { pino } from "pino";
import type { AlarmTransition } from "../../server/src/alerting/alarm-transition.ts";
import { createRuleParts, type RuleParts } from "../../server/src/alerting/create-rule-parts.ts";
import { createUuidV7Factory } from "../../server/src/platform/crypto/ids.ts";
import type { Dialect } from "../../server/src/platform/database/store.ts";
import { createLocalReads } from "../../server/src/platform/read-threads/local-reads.ts";
import { createApp } from "../../server/src/platform/http/app.ts";
import { type FleetServer, type FleetWorld, startFleet } from "./fleet-server.ts";

export type AlarmEnd = { kind: "rule" | "device"; id: string; reason: string };

export type AlarmRuleWorld = FleetWorld & {
  alerting: RuleParts;
  /** What was said about alarms since the test took it last. */
  takeTransitions(): AlarmTransition[];
  takeEnds(): AlarmEnd[];
  /** Names of the devices whose alarms had to follow a change. */
  takeFollowed(): string[];
  /** What the module of actions says of a device from now on. */
  setFailedActions(deviceId: string, types: string[]): void;
  /** Fails every transaction that says something about this device; null for none. */
  failFor(deviceId: string | null): void;
  /** Runs once inside the next transaction that says something about alarms, before its end. */
  during(work: () => Promise<void>): void;
  /** Lets observed time pass, and runs the jobs of presence and alarms. */
  pass(ms: number): Promise<void>;
  /** A server that starts on the same database; on SQLite in place of this one. */
  restart(version?: string): Promise<RuleParts>;
};

/** Identity, fleet and alarm rules behind the real app on a real, empty database. What opens alarms is recorded. */
export async function startAlarmRules(dialect: Dialect): Promise<AlarmRuleWorld> {
  let failing: string | null = null;
  const failedActions = new Map<string, string[]>();
  const transitions: AlarmTransition[] = [];
  const ends: AlarmEnd[] = [];
  const followed: string[] = [];
  let current: RuleParts | null = null;
  let readings = 0;
  let interlude: (() => Promise<void>) | null = null;
  const world = await startFleet(dialect, {
    watch: (report) => current?.watch(report) ?? { state: report.state, signals: [] },
    moveCustomer: async (...move) => current?.moveCustomer(...move),
  });
  // As on a real clock, time passes between two readings.
  const clock = { ...world.clock, now: () => world.clock.now() + (readings += 1) };
  const create = (server: FleetServer, version = "1.5.0") =>
    createRuleParts({
      store: world.store,
      reads: createLocalReads(world.store),
      clock,
      makeId: createUuidV7Factory(world.clock.now),
      log: pino({ level: "silent" }),
      version,
      identity: server.identity,
      fleet: server.fleet,
      readFailedActions: async (_, { deviceId }) => failedActions.get(deviceId) ?? [],
      effects: {
        async applyTransitions(_, made) {
          if (made.some(({ deviceId }) => deviceId === failing)) throw new Error("this device fails");
          transitions.push(...made);
          const work = made.length > 0 ? interlude : null;
          if (!work) return;
          interlude = null;
          await work();
        },
        async endAlarmsOfRule(_, __, id, reason) {
          ends.push({ kind: "rule", id, reason });
        },
        async endAlarmsOfDevice(_, __, id, reason) {
          ends.push({ kind: "device", id, reason });
        },
        countOpenAlarms: async () => new Map(),
        async followDevices(_, devices) {
          followed.push(...devices.map(({ name }) => name));
        },
      },
    });
  const alerting = create(world);
  current = alerting;
  await alerting.load();
  const app = createApp({ ...world.appOptions, routes: [...world.appOptions.routes, ...alerting.routes] });

  async function runJobs(...names: string[]) {
    for (const name of names) {
      const job = current?.jobs.find((one) => one.name === name);
      if (job) await job.run(new AbortController().signal);
      else await world.runJobs(name);
    }
  }

  return {
    ...world,
    alerting,
    runJobs,
    async ask(method, path, { bearer, body, headers: given } = {}) {
      const headers = new Headers({ "content-type": "application/json", ...given });
      if (bearer !== undefined) headers.set("authorization", `Bearer ${bearer}`);
      const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
      const answer = await app.request(path, init);
      const text = await answer.text();
      return { status: answer.status, body: text === "" ? null : JSON.parse(text) };
    },
    takeTransitions: () => transitions.splice(0),
    takeEnds: () => ends.splice(0),
    takeFollowed: () => followed.splice(0),
    setFailedActions: (deviceId, types) => void failedActions.set(deviceId, types),
    failFor(deviceId) {
      failing = deviceId;
    },
    during(work) {
      // The store refuses a transaction inside another one, and `work` may begin one of its own.
      interlude = AsyncResource.bind(work);
    },
    async pass(ms) {
      for (let left = ms; left > 0; left -= 10_000) {
        world.clock.advance(Math.min(left, 10_000));
        await world.runJobs("fleet-presence-clock");
      }
      await world.runJobs("fleet-presence");
      await runJobs("alarm-rules", "alarm-signals");
    },
    async restart(version) {
      current = create(world, version);
      await current.load();
      return current;
    },
  };
}
