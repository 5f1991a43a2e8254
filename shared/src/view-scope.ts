import type { DeviceClass, OsFamily } from "./contracts/inventory.ts";
import type { ViewQuery } from "./contracts/saved-view.ts";
import { NO_CUSTOMER } from "./customers.ts";
import { nameKeyOf } from "./name-key.ts";

/** Filters about how a device is doing, about its user, or about any of its texts: what they find changes from report to report. */
const PASSING_FILTERS = [
  "search",
  "attention",
  "presence",
  "agentVersion",
  "user",
  "rebootRequired",
  "paused",
  "archived",
] as const satisfies readonly (keyof ViewQuery)[];

export type PassingFilter = (typeof PASSING_FILTERS)[number];

/** The filters of a view that keep it from being the scope of a rule; empty for a view that may be one. */
export function passingFiltersOf(query: ViewQuery): PassingFilter[] {
  return PASSING_FILTERS.filter((name) => {
    const value = query[name];
    return typeof value === "boolean" ? value : value.length > 0;
  });
}

/** What a device is, as far as the filters of such a view ask for it. */
export type ViewSubject = {
  customerId: string | null;
  /** Name of the customer. */
  customer: string | null;
  tags: ReadonlySet<string>;
  deviceClass: DeviceClass;
  osFamily: OsFamily;
  osName: string | null;
};

/** Whether a view without passing filters lists the device, as the list of devices decides it. */
export function isInView(query: ViewQuery, device: ViewSubject): boolean {
  const { customer, customerId } = device;
  const customerKey = customer === null ? null : nameKeyOf(customer);
  return (
    admits(query.customer, (name) => nameKeyOf(name) === customerKey) &&
    admits(query.customerId, (id) => id === (customerId ?? NO_CUSTOMER)) &&
    admits(query.tag, (tag) => device.tags.has(tag)) &&
    admits(query.class, (deviceClass) => deviceClass === device.deviceClass) &&
    admits(query.osFamily, (osFamily) => osFamily === device.osFamily) &&
    admits(query.osName, (osName) => osName === device.osName)
  );
}

/** The values of a filter are alternatives, and none does not narrow. */
function admits<Value>(values: readonly Value[], isMet: (value: Value) => boolean): boolean {
  return values.length === 0 || values.some(isMet);
}
