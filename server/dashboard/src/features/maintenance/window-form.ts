import type { CustomerRef } from "@muster/shared/contracts/customer.ts";
import type { DeviceClass } from "@muster/shared/contracts/inventory.ts";
import type {
  MaintenanceSchedule,
  MaintenanceScope,
  MaintenanceWindow,
} from "@muster/shared/contracts/maintenance-window.ts";
import { toLocalInput } from "../../ui/local-input.ts";
import { ownTimeZone } from "../../ui/time-zone-select.tsx";

/** What the form has of a scope: the fields of every kind, of which one counts. */
export type ScopeForm = {
  kind: MaintenanceScope["kind"];
  customer: CustomerRef | null;
  tag: string;
  deviceClass: DeviceClass;
  deviceIds: string[];
};

/** The same of a schedule. `startsAt` is a local time as in "2026-03-29T02:30"; empty stands for now. */
export type ScheduleForm = {
  kind: MaintenanceSchedule["kind"];
  startsAt: string;
  minutes: string;
  days: number[];
  day: string;
  week: string;
  weekday: string;
  time: string;
  zone: string;
  from: string;
  until: string;
};

export type WindowForm = {
  name: string;
  note: string;
  isEnabled: boolean;
  scope: ScopeForm;
  schedule: ScheduleForm;
};

const NO_SCOPE: ScopeForm = {
  kind: "organization",
  customer: null,
  tag: "",
  deviceClass: "server",
  deviceIds: [],
};

/** A window that does not exist yet. */
export function newWindow(kind: ScheduleForm["kind"], name: string): WindowForm {
  return { name, note: "", isEnabled: true, scope: NO_SCOPE, schedule: { ...noSchedule(), kind } };
}

function noSchedule(): ScheduleForm {
  return {
    kind: "weekly",
    startsAt: "",
    minutes: "60",
    days: [7],
    day: "1",
    week: "2",
    weekday: "2",
    time: "02:00",
    zone: ownTimeZone(),
    from: "",
    until: "",
  };
}

/** `customerName` is that of the customer of the scope. */
export function formOfWindow(
  { name, note, isEnabled, scope, schedule }: MaintenanceWindow,
  customerName: string,
): WindowForm {
  return {
    name,
    note,
    isEnabled,
    scope: formOfScope(scope, customerName),
    schedule: formOfSchedule(schedule),
  };
}

function formOfScope(scope: MaintenanceScope, customerName: string): ScopeForm {
  switch (scope.kind) {
    case "organization":
      return NO_SCOPE;
    case "customer":
      return { ...NO_SCOPE, kind: scope.kind, customer: { id: scope.customerId, name: customerName } };
    case "tag":
      return { ...NO_SCOPE, kind: scope.kind, tag: scope.tag };
    case "class":
      return { ...NO_SCOPE, kind: scope.kind, deviceClass: scope.deviceClass };
    case "devices":
      return { ...NO_SCOPE, kind: scope.kind, deviceIds: scope.deviceIds };
  }
}

function formOfSchedule(schedule: MaintenanceSchedule): ScheduleForm {
  const minutes = String(schedule.minutes);
  if (schedule.kind === "once") {
    const startsAt = schedule.startsAt === null ? "" : toLocalInput(schedule.startsAt);
    return { ...noSchedule(), kind: "once", startsAt, minutes };
  }
  const { time, zone } = schedule;
  const common = {
    ...noSchedule(),
    minutes,
    time,
    zone,
    from: schedule.from ?? "",
    until: schedule.until ?? "",
  };
  switch (schedule.kind) {
    case "weekly":
      return { ...common, kind: schedule.kind, days: schedule.days };
    case "monthly-date":
      return { ...common, kind: schedule.kind, day: String(schedule.day) };
    case "monthly-weekday":
      return {
        ...common,
        kind: schedule.kind,
        week: String(schedule.week),
        weekday: String(schedule.weekday),
      };
  }
}

/** The schedule for a request. Numbers that are not valid are refused by the server, which names the field. */
export function scheduleToSend(form: ScheduleForm) {
  const { kind, startsAt, time, zone } = form;
  const minutes = Number(form.minutes);
  if (kind === "once") {
    return { kind, startsAt: startsAt === "" ? null : new Date(startsAt).toISOString(), minutes };
  }
  const common = { minutes, time, zone, from: form.from || null, until: form.until || null };
  switch (kind) {
    case "weekly":
      return { kind, days: form.days, ...common };
    case "monthly-date":
      return { kind, day: Number(form.day), ...common };
    case "monthly-weekday":
      return { kind, week: Number(form.week), weekday: Number(form.weekday), ...common };
  }
}

function scopeToSend({ kind, customer, tag, deviceClass, deviceIds }: ScopeForm) {
  switch (kind) {
    case "organization":
      return { kind };
    case "customer":
      return { kind, customerId: customer?.id ?? "" };
    case "tag":
      return { kind, tag };
    case "class":
      return { kind, deviceClass };
    case "devices":
      return { kind, deviceIds };
  }
}

export function windowToSend({ name, note, isEnabled, scope, schedule }: WindowForm) {
  return { name, note, isEnabled, scope: scopeToSend(scope), schedule: scheduleToSend(schedule) };
}

/** Whether a schedule can be asked for its next times. */
export function isComplete({ kind, minutes, days, time }: ScheduleForm): boolean {
  return Number(minutes) > 0 && (kind === "once" || time !== "") && (kind !== "weekly" || days.length > 0);
}
