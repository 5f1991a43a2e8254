import type { EventBus } from "../../platform/events/event-bus.ts";
import type { Job } from "../../platform/jobs/job.ts";

/** Notes alarms that an open transaction changes. */
export type CollectHints = (orgId: string, alarmIds: readonly string[]) => void;

export type AlarmHints = {
  /** For transactions that others commit: the hint follows within a second. */
  collect: CollectHints;
  /** For what is committed. */
  publish: CollectHints;
  job: Job;
};

const EVERY_MS = 500;

/** Hints about changed alarms. One that is collected waits for two runs of the job, so that its transaction has ended. */
export function createAlarmHints(events: Pick<EventBus, "publish">): AlarmHints {
  let collected = new Map<string, Set<string>>();
  let waiting = new Map<string, Set<string>>();

  function publish(orgId: string, alarmIds: readonly string[]): void {
    if (alarmIds.length > 0) events.publish({ topic: "alarm.changed", orgId, ids: alarmIds });
  }

  return {
    publish,
    collect(orgId, alarmIds) {
      const ids = collected.get(orgId) ?? new Set();
      for (const id of alarmIds) ids.add(id);
      collected.set(orgId, ids);
    },
    job: {
      name: "alarm-hints",
      everyMs: EVERY_MS,
      isPerServer: true,
      async run() {
        for (const [orgId, ids] of waiting) publish(orgId, [...ids]);
        waiting = collected;
        collected = new Map();
      },
    },
  };
}
