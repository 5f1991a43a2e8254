import type { DeviceListQuery, DeviceSort } from "@muster/shared/contracts/device.ts";
import { keysOf } from "@muster/shared/keys-of.ts";
import { NO_CUSTOMER } from "@muster/shared/customers.ts";

/** The filters and the order of the fleet page. Values of a list are alternatives; an empty list does not filter. */
export type FleetQuery = {
  search: string;
  attention: NonNullable<DeviceListQuery["attention"]>;
  presence: NonNullable<DeviceListQuery["presence"]>;
  /** Names, as links from before customers had ids. */
  customer: string[];
  /** Ids, and `none` for devices without a customer. */
  customerId: string[];
  tag: string[];
  class: NonNullable<DeviceListQuery["class"]>;
  osFamily: NonNullable<DeviceListQuery["osFamily"]>;
  /** Systems with their versions. */
  osName: string[];
  agentVersion: string[];
  user: string[];
  rebootRequired: boolean;
  paused: boolean;
  archived: boolean;
  sort: DeviceSort;
  order: "asc" | "desc";
};

/** The server takes no more alternatives of one filter. */
const MAX_CHOSEN = 20;

/** The options of each filter, in the order of the menus. */
export const CHOICES = {
  attention: ["critical", "warn", "none"],
  presence: [
    "online",
    "late",
    "offline",
    "expired",
    "asleep",
    "shutting-down",
    "restarting",
    "agent-stopped",
    "maintenance",
    "waiting",
  ],
  class: ["server", "vm", "desktop", "laptop"],
  osFamily: ["linux", "macos", "windows", "other"],
  sort: keysOf({
    attention: 1,
    name: 1,
    score: 1,
    cpu: 1,
    memory: 1,
    disk: 1,
    lastReport: 1,
    customer: 1,
  } satisfies Record<DeviceSort, 1>),
} as const satisfies {
  attention: readonly FleetQuery["attention"][number][];
  presence: readonly FleetQuery["presence"][number][];
  class: readonly FleetQuery["class"][number][];
  osFamily: readonly FleetQuery["osFamily"][number][];
  sort: readonly DeviceSort[];
};

export const EMPTY_QUERY: FleetQuery = {
  search: "",
  attention: [],
  presence: [],
  customer: [],
  customerId: [],
  tag: [],
  class: [],
  osFamily: [],
  osName: [],
  agentVersion: [],
  user: [],
  rebootRequired: false,
  paused: false,
  archived: false,
  sort: "attention",
  order: "asc",
};

/** Reads the page's address; unknown values are left out, so that an old bookmark still opens. */
export function parseFleetQuery(search: string): FleetQuery {
  const parameters = new URLSearchParams(search);
  return {
    search: (parameters.get("search") ?? "").slice(0, 200),
    attention: known(CHOICES.attention, parameters.getAll("attention")),
    presence: known(CHOICES.presence, parameters.getAll("presence")),
    customer: parameters.getAll("customer").slice(0, MAX_CHOSEN),
    customerId: parameters.getAll("customerId").filter(isCustomerId).slice(0, MAX_CHOSEN),
    tag: parameters.getAll("tag").slice(0, MAX_CHOSEN),
    class: known(CHOICES.class, parameters.getAll("class")),
    osFamily: known(CHOICES.osFamily, parameters.getAll("osFamily")),
    osName: parameters.getAll("osName").slice(0, MAX_CHOSEN),
    agentVersion: parameters.getAll("agentVersion").slice(0, MAX_CHOSEN),
    user: parameters.getAll("user").slice(0, MAX_CHOSEN),
    rebootRequired: parameters.get("rebootRequired") === "true",
    paused: parameters.get("paused") === "true",
    archived: parameters.get("archived") === "true",
    sort: known(CHOICES.sort, parameters.getAll("sort"))[0] ?? "attention",
    order: parameters.get("order") === "desc" ? "desc" : "asc",
  };
}

/** The query as the server expects it, without defaults. */
export function toRequestQuery(query: FleetQuery): Record<string, string | boolean | string[] | undefined> {
  return {
    search: query.search.trim() || undefined,
    attention: query.attention,
    presence: query.presence,
    customer: query.customer,
    customerId: query.customerId,
    tag: query.tag,
    class: query.class,
    osFamily: query.osFamily,
    osName: query.osName,
    agentVersion: query.agentVersion,
    user: query.user,
    rebootRequired: query.rebootRequired || undefined,
    paused: query.paused || undefined,
    archived: query.archived || undefined,
    sort: query.sort === "attention" ? undefined : query.sort,
    order: query.order === "asc" ? undefined : query.order,
  };
}

/** The page's address for a query, empty for the plain fleet page. */
export function formatFleetQuery(query: FleetQuery): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(toRequestQuery(query))) {
    if (value === undefined) continue;
    for (const item of Array.isArray(value) ? value : [value]) parameters.append(name, String(item));
  }
  return parameters.toString();
}

/** How many filters are set, not counting the search and the order. */
export function countFilters(query: FleetQuery): number {
  const customers = [...query.customer, ...query.customerId];
  const { attention, presence, tag, class: classes, osFamily, osName, agentVersion, user } = query;
  const lists = [attention, presence, customers, tag, classes, osFamily, osName, agentVersion, user];
  const flags = [query.rebootRequired, query.paused, query.archived];
  return lists.filter((list) => list.length > 0).length + flags.filter(Boolean).length;
}

export function isNarrowed(query: FleetQuery): boolean {
  return query.search.trim() !== "" || countFilters(query) > 0;
}

function isCustomerId(value: string): boolean {
  return value === NO_CUSTOMER || /^[0-9a-f-]{36}$/.test(value);
}

function known<Value extends string>(choices: readonly Value[], values: readonly string[]): Value[] {
  return choices.filter((choice) => values.includes(choice));
}
