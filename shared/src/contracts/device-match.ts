import { z } from "zod";
import { NO_CUSTOMER } from "../customers.ts";
import { MAX_MATCHED_DEVICES } from "../device-limits.ts";
import { Id } from "../ids.ts";
import { DeviceClass, OsFamily } from "./inventory.ts";
import { ShownPresence } from "./shown-presence.ts";
import { line, Tag } from "./text.ts";

const MAX_ALTERNATIVES = 20;
const several = <Item extends z.ZodType>(item: Item) => z.array(item).max(MAX_ALTERNATIVES).optional();

/** The filter of `GET /api/v1/devices` in a request body: all devices that match it. An empty one matches every device that is not archived. */
export const DeviceMatch = z.strictObject({
  /** Found in names, user, serial, model, addresses, customer, tags, versions and notes, whatever the case and accents; every word must be found. */
  search: z.string().trim().max(200).optional(),
  /** Devices with one of these levels of attention. */
  attention: several(z.enum(["none", "warn", "critical"])),
  /** Devices with one of these states. */
  presence: several(ShownPresence),
  /** Devices with one of these health states. */
  health: several(z.enum(["ok", "warn", "critical", "unknown"])),
  /** Devices whose agent is paused, or is not. */
  paused: z.boolean().optional(),
  /** Names of customers, whatever their case and accents. */
  customer: several(line(120)),
  /** Ids of customers; `none` stands for the devices without one. */
  customerId: several(z.union([Id, z.literal(NO_CUSTOMER)])),
  /** Devices with one of these tags. */
  tag: several(Tag),
  /** Devices of one of these classes. */
  class: several(DeviceClass),
  /** Devices with one of these operating systems. */
  osFamily: several(OsFamily),
  /** Devices with one of these operating systems and versions, as `osName` has them. */
  osName: several(line(200)),
  /** Devices with one of these versions of the agent. */
  agentVersion: several(line(100)),
  /** Devices where one of these users is logged in. */
  user: several(line(120)),
  /** Devices that need a reboot, or do not. */
  rebootRequired: z.boolean().optional(),
  /** True for archived devices instead of the others. */
  archived: z.boolean().default(false),
});
export type DeviceMatch = z.infer<typeof DeviceMatch>;

/** Which devices a request is about: `deviceIds`, or `filter` with `expectedCount`. */
export const deviceTargetShape = {
  /** The devices. Not together with `filter`. */
  deviceIds: z.array(Id).min(1, "must name at least one device").max(5000).optional(),
  /** All devices that match when the request arrives. Not together with `deviceIds`. */
  filter: DeviceMatch.optional(),
  /** How many devices the filter is expected to match. Another number is answered with `conflict`, and nothing is changed. */
  expectedCount: z.number().int().min(1).max(MAX_MATCHED_DEVICES).optional(),
};

export type DeviceTargets = {
  deviceIds?: string[] | undefined;
  filter?: DeviceMatch | undefined;
  expectedCount?: number | undefined;
};

/** Refines a schema with `deviceTargetShape`: either ids, or a filter with its count. */
export function hasOneTarget({ deviceIds, filter, expectedCount }: DeviceTargets): boolean {
  return deviceIds === undefined
    ? filter !== undefined && expectedCount !== undefined
    : filter === undefined && expectedCount === undefined;
}

export const ONE_TARGET = {
  path: ["deviceIds"],
  message: "must name the devices, unless filter and expectedCount are given instead",
};

/** How many devices match a filter. */
export const DeviceCount = z.object({
  /** Number of devices that match. */
  count: z.number().int(),
});
export type DeviceCount = z.infer<typeof DeviceCount>;
