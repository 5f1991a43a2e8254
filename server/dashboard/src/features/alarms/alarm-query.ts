import type { AlarmSeverity, AlarmSort } from "@muster/shared/contracts/alarm.ts";
import type { AlarmRequest } from "../../api/alarm-calls.ts";

/** What the list of alarms shows, as the address says it. */
export type AlarmQuery = {
  state: (typeof ALARM_STATES)[number];
  severity: readonly AlarmSeverity[];
  customer: readonly string[];
  type: readonly string[];
  device: string | null;
  rule: string | null;
  /** `mine`, `none` for alarms that nobody has, or the id of a member. */
  assignee: string | null;
  search: string;
  sort: AlarmSort;
};

export const ALARM_STATES = [
  "open",
  "unacknowledged",
  "acknowledged",
  "snoozed",
  "unstable",
  "ended",
  "all",
] as const;
/** The worst first. */
export const SEVERITIES = ["critical", "warning", "info"] as const satisfies readonly AlarmSeverity[];
const SORTS = ["severity", "opened", "ended"] as const satisfies readonly AlarmSort[];
/** The types of rules, and those of alarms without a rule. */
export const ALARM_KINDS = [
  "metric",
  "disk-full",
  "unusual",
  "health",
  "attention",
  "offline",
  "expired",
  "reboot-required",
  "paused",
  "agent-outdated",
  "clone-suspected",
  "device-left",
  "no-data",
  "action-failed",
  "help-request",
  "reported",
  "outage",
  "channel-failing",
] as const;

const ID = /^[0-9a-f-]{36}$/;
const MAX_CUSTOMERS = 50;

/** Reads the page's address; unknown values are left out, so that an old bookmark still opens. */
export function parseAlarmQuery(search: string): AlarmQuery {
  const parameters = new URLSearchParams(search);
  const idOf = (name: string) => parameters.getAll(name).find((value) => ID.test(value)) ?? null;
  const assignee = parameters.get("assignee");
  const state = known(ALARM_STATES, parameters.getAll("state"))[0] ?? "open";
  return {
    state,
    severity: known(SEVERITIES, parameters.getAll("severity")),
    customer: parameters
      .getAll("customer")
      .filter((value) => ID.test(value))
      .slice(0, MAX_CUSTOMERS),
    type: known(ALARM_KINDS, parameters.getAll("type")),
    device: idOf("device"),
    rule: idOf("rule"),
    assignee: assignee === "mine" || assignee === "none" ? assignee : idOf("assignee"),
    search: (parameters.get("search") ?? "").slice(0, 200),
    sort: sortFor(state, known(SORTS, parameters.getAll("sort"))[0]),
  };
}

/** The order of a list: by the end for what ended, unless another one is chosen; what is open has no end. */
function sortFor(state: AlarmQuery["state"], chosen: AlarmSort | undefined): AlarmSort {
  if (chosen === "ended" && state !== "ended") return "severity";
  return chosen ?? (state === "ended" ? "ended" : "severity");
}

/** The page's address for a query, empty for the plain page. */
export function formatAlarmQuery(query: AlarmQuery): string {
  const parameters = new URLSearchParams();
  const add = (name: string, values: readonly (string | null)[]) => {
    for (const value of values) if (value) parameters.append(name, value);
  };
  add("state", [query.state === "open" ? null : query.state]);
  add("severity", query.severity);
  add("customer", query.customer);
  add("type", query.type);
  add("device", [query.device]);
  add("rule", [query.rule]);
  add("assignee", [query.assignee]);
  add("search", [query.search.trim()]);
  add("sort", [query.sort === sortFor(query.state, undefined) ? null : query.sort]);
  return parameters.toString();
}

/** The filter as the server expects it; `userId` is the reader. */
export function toAlarmFilter(query: AlarmQuery, userId: string): AlarmRequest {
  const { state, severity, customer, type, device, rule, assignee } = query;
  return {
    state: state === "ended" || state === "all" ? state : "open",
    acknowledged: state === "acknowledged" ? true : state === "unacknowledged" ? false : undefined,
    snoozed: state === "snoozed" ? true : undefined,
    unstable: state === "unstable" ? true : undefined,
    severity: severity.length > 0 ? severity : undefined,
    customerId: customer.length > 0 ? customer : undefined,
    type: type.length > 0 ? type : undefined,
    deviceId: device ?? undefined,
    ruleId: rule ?? undefined,
    assignee: assignee === "mine" ? userId : (assignee ?? undefined),
    search: query.search.trim() || undefined,
  };
}

/** Whether the list shows less than all alarms of its state. */
export function isAlarmQueryNarrowed(query: AlarmQuery): boolean {
  const { severity, customer, type, device, rule, assignee, search } = query;
  const lists = [severity, customer, type];
  return (
    search.trim() !== "" ||
    lists.some((list) => list.length > 0) ||
    [device, rule, assignee].some((value) => value !== null)
  );
}

function known<Value extends string>(choices: readonly Value[], values: readonly string[]): Value[] {
  return choices.filter((choice) => values.includes(choice));
}
