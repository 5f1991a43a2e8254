import type { Alarm } from "@muster/shared/contracts/alarm.ts";

/** An open alarm for tests. */
export function makeAlarm(change: Partial<Alarm> = {}): Alarm {
  return {
    id: "a",
    type: "reported",
    severity: "warning",
    state: "open",
    title: "Backup failed",
    text: "web-1: Backup failed",
    rule: null,
    device: null,
    customerId: null,
    customer: null,
    instance: null,
    facts: { text: "Backup failed" },
    openedAt: "2026-03-01T12:00:00.000Z",
    lastAt: "2026-03-01T12:00:00.000Z",
    endedAt: null,
    endReason: null,
    endedBy: null,
    occurrences: 1,
    violations: 1,
    isViolating: true,
    isUnstable: false,
    mutedBy: null,
    tickets: [],
    mutingDevice: null,
    acknowledgement: null,
    snoozedUntil: null,
    assignee: null,
    ...change,
  };
}
