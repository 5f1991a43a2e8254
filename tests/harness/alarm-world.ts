import type { AlarmTransition } from "../../server/src/alerting/alarm-transition.ts";
import type { AlarmNotice, Notify } from "../../server/src/alerting/alarm-notice.ts";
import { type AlarmParts, createAlarmParts } from "../../server/src/alerting/alarms/create-alarms.ts";
import { createHelpParts, type HelpParts } from "../../server/src/alerting/help-requests/index.ts";
import { createSilenceParts } from "../../server/src/alerting/silences/index.ts";
import type { UserNote } from "../../server/src/alerting/notifications/notes/user-note.ts";
import type { RuleNow } from "../../server/src/alerting/alarms/transition-step.ts";
import { moveAlarms } from "../../server/src/alerting/alarms/alarm.repository.ts";
import { findMember, readMemberNames } from "../../server/src/identity/index.ts";
import { createUuidV7Factory } from "../../server/src/platform/crypto/ids.ts";
import type { Dialect } from "../../server/src/platform/database/store.ts";
import { createApp } from "../../server/src/platform/http/app.ts";
import { createLocalReads } from "../../server/src/platform/read-threads/local-reads.ts";
import { type FleetServer, type FleetWorld, startFleet } from "./fleet-server.ts";

export type AlarmServer = FleetServer & {
  parts: AlarmParts;
  help: HelpParts;
  /** What would be sent, in its order. */
  notices: AlarmNotice[];
  /** Mails about something else, with the ids of their readers. */
  notes: { userId: string; note: UserNote }[];
  apply(...transitions: AlarmTransition[]): Promise<void>;
  runAlarmJobs(...names: string[]): Promise<void>;
};

export type AlarmWorld = AlarmServer &
  Pick<FleetWorld, "clock" | "remove"> & {
    /** The rules by their ids, which tests change. */
    rules: Map<string, RuleNow>;
    /** Another server process on the same database. */
    addAlarmServer(): Promise<AlarmServer>;
  };

/** Identity, fleet and alarms behind the real app on a real, empty database. */
export async function startAlarms(
  dialect: Dialect,
  /** Plans real messages; without it they are only recorded. */
  makeNotify?: (server: FleetServer, clock: FleetWorld["clock"]) => Notify,
): Promise<AlarmWorld> {
  const world = await startFleet(dialect, { moveCustomer: moveAlarms });
  const rules = new Map<string, RuleNow>();
  return {
    ...serve(world, world.clock, rules, makeNotify),
    clock: world.clock,
    remove: () => world.remove(),
    rules,
    addAlarmServer: async () => serve(await world.addServer(), world.clock, rules, makeNotify),
  };
}

function serve(
  server: FleetServer,
  clock: FleetWorld["clock"],
  rules: ReadonlyMap<string, RuleNow>,
  makeNotify?: (server: FleetServer, clock: FleetWorld["clock"]) => Notify,
): AlarmServer {
  const notices: AlarmNotice[] = [];
  const notes: { userId: string; note: UserNote }[] = [];
  const plan = makeNotify?.(server, clock);
  const parts = createAlarmParts({
    store: server.store,
    reads: createLocalReads(server.store),
    clock,
    makeId: createUuidV7Factory(clock.now),
    events: server.events,
    audit: server.identity.audit,
    customers: server.identity.customers,
    retentionClock: server.retentionClock,
    findTargets: server.fleet.findTargets,
    findAssignee: findMember,
    readAssignees: readMemberNames,
    findRules: async (_tx, _orgId, ids) => new Map([...rules].filter(([id]) => ids.includes(id))),
    async notify(tx, notice) {
      if (plan) return plan(tx, notice);
      // Everybody is told of everything here, so that nobody is told of what is inhibited, or of its end.
      const isInhibited = notice.inhibitedBy.length > 0;
      const isKnown = notices.some(({ alarmId }) => alarmId === notice.alarmId);
      if (!isInhibited && (isKnown || notice.kind !== "ended")) notices.push(notice);
      return { isComplete: !isInhibited };
    },
  });
  const help = createHelpParts({
    ...parts,
    store: server.store,
    clock,
    makeId: createUuidV7Factory(clock.now),
    events: server.events,
    audit: server.identity.audit,
    findTargets: server.fleet.findTargets,
    findContact: async (orgId) => (await server.identity.organizations.get(orgId)).supportContact,
  });
  const silences = createSilenceParts({
    store: server.store,
    reads: createLocalReads(server.store),
    clock,
    makeId: createUuidV7Factory(clock.now),
    audit: server.identity.audit,
    customers: server.identity.customers,
    retentionClock: server.retentionClock,
    hints: parts,
    planNote: async (_tx, { userId }, note) => void notes.push({ userId, note }),
  });
  const routes = [...server.appOptions.routes, ...parts.routes, ...help.routes, ...silences.routes];
  const app = createApp({ ...server.appOptions, routes });
  return {
    ...server,
    parts,
    help,
    notices,
    notes,
    apply: (...transitions) => server.store.transaction((tx) => parts.applyTransitions(tx, transitions)),
    async ask(method, path, { bearer, body, headers: given } = {}) {
      const headers = new Headers({ "content-type": "application/json", ...given });
      if (bearer !== undefined) headers.set("authorization", `Bearer ${bearer}`);
      const answer = await app.request(path, {
        method,
        headers,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      return { status: answer.status, body: text === "" ? null : JSON.parse(text) };
    },
    async runAlarmJobs(...names) {
      for (const job of [...parts.jobs, ...help.jobs, ...silences.jobs]) {
        if (names.includes(job.name)) await job.run(new AbortController().signal);
      }
    },
  };
}
