import { z } from "zod";
import { Attention } from "../health/attention.ts";
import { Health } from "../health/score.ts";
import { Id } from "../ids.ts";
import { EditInfo } from "./edit-info.ts";
import { ClassReason, DeviceClass, Inventory, OsFamily } from "./inventory.ts";
import { DeviceOrigin } from "./legacy-system.ts";
import { PageQuery, pageOf } from "./page.ts";
import { DeviceFault, LastWord, MountPoint } from "./report.ts";
import { separated, separatedText } from "./separated.ts";
import { DeviceServices } from "./service.ts";
import { ShownPresence } from "./shown-presence.ts";
import { AnyInstant, IgnoredNames, Instant, line, lines, name, Tag } from "./text.ts";
import { NO_CUSTOMER } from "../customers.ts";

export { ShownPresence };

/**
 * Whether the reports of a device arrive in time, by the server's clock.
 * - waiting: no report yet
 * - online, late, offline: in time, overdue, not in time
 * - expired: offline for so long that its values mean nothing any more
 */
export const Connection = z.enum(["waiting", "online", "late", "offline", "expired"]);
export type Connection = z.infer<typeof Connection>;

/** Connection, last word and flags of a device; `shown` is the state that follows from them. */
export const Presence = z.object({
  shown: ShownPresence,
  /** Whether reports arrive in time. */
  connection: Connection,
  /** When `connection` last changed. */
  since: Instant,
  lastWord: LastWord.nullable(),
  /** Set while a local user has paused the agent; `until` is null when the pause lasts until the user resumes. */
  paused: z.object({ until: Instant.nullable() }).nullable(),
  maintenanceUntil: Instant.nullable(),
  /** True when the device does not report although it should: it is missing. */
  isAbsent: z.boolean(),
});
export type Presence = z.infer<typeof Presence>;

/** A device as it is listed. */
export const DeviceSummary = z.object({
  id: Id,
  /** Name given by a user, or the host name. */
  name: z.string(),
  /** Host name as reported by the machine. */
  hostname: z.string(),
  /** Family of the operating system. */
  osFamily: OsFamily,
  /** Name of the operating system as reported by the machine; null before the first inventory. */
  osName: z.string().nullable(),
  class: DeviceClass,
  /** Name of the customer that the device belongs to; null for none. */
  customer: z.string().nullable(),
  customerId: Id.nullable().default(null),
  tags: z.array(Tag),
  presence: Presence,
  health: Health,
  attention: Attention,
  /** The newest metrics; those that could not be read are absent. */
  metrics: z.object({
    /** Busy share of all cores, in percent. */
    cpu: z.number().optional(),
    /** Used share of the memory, in percent. */
    memory: z.number().optional(),
    /** Used share of the fullest file system, in percent. */
    disk: z.number().optional(),
    /** Free bytes of that file system. */
    diskFree: z.number().optional(),
  }),
  /** When the newest metrics were measured, by the server's clock. */
  metricsAt: Instant.nullable(),
  /** True when the metrics are older than the report interval allows: they are the last known values, not current ones. */
  areMetricsStale: z.boolean(),
  /** User at the console; null when nobody is logged in, or when it is not known. */
  user: z.string().nullable(),
  /** False when the device could not determine who is logged in. */
  isUserKnown: z.boolean(),
  idleSince: Instant.nullable(),
  /** True when the system needs a reboot to finish updates. */
  rebootRequired: z.boolean(),
  /** IP address of the machine; null when unknown. */
  address: z.string().nullable(),
  /** Serial number of the hardware; null when unknown. */
  serial: z.string().nullable(),
  /** Version of the agent; null before the first inventory. */
  agentVersion: z.string().nullable(),
  lastReportAt: Instant.nullable(),
  archivedAt: Instant.nullable(),
});
export type DeviceSummary = z.infer<typeof DeviceSummary>;

/** A file system that is excluded from monitoring, by the configuration of the device or by a member. */
export const ExcludedMount = z.discriminatedUnion("source", [
  z.object({
    /** Whether the configuration of the device or a member excluded it. */
    source: z.literal("device"),
    /** The mount point. */
    mount: z.string(),
  }),
  z.object({
    source: z.literal("member"),
    mount: z.string(),
    /** Name of the member. */
    by: z.string(),
    at: Instant,
  }),
]);
export type ExcludedMount = z.infer<typeof ExcludedMount>;

/**
 * Why a clone is suspected: two machines seem to use one credential, or several devices, each with a credential of its own, report with one
 * machine id: two agents on one machine, or a copied machine.
 */
export const SuspectedClone = z.object({
  /** `credential`: two machines seem to use one. `machine-id`: other devices report with the same one. */
  kind: z.enum(["credential", "machine-id"]),
  /** The other devices with the machine id, ten at most, without those that the caller may not see. */
  others: z.array(
    z.object({
      id: Id,
      /** Name of the device. */
      name: z.string(),
    }),
  ),
});
export type SuspectedClone = z.infer<typeof SuspectedClone>;

/** A device that another one depends on, or that depends on it. */
export const RelatedDevice = z.object({
  id: Id,
  /** Name of the device. */
  name: z.string(),
  /** State of the device. */
  shown: ShownPresence,
  /** True for an archived device, which mutes nothing. */
  isArchived: z.boolean(),
});
export type RelatedDevice = z.infer<typeof RelatedDevice>;

/** A device with all details except its history. */
export const DeviceDetail = DeviceSummary.extend({
  /** Name given by a member; null when the host name is shown. */
  label: z.string().nullable(),
  /** Notes of the members. */
  notes: z.string(),
  /** Whether the agent detected the class (`guessed`) or a member set it (`chosen`). */
  classSource: z.enum(["guessed", "chosen"]),
  enrolledAt: Instant,
  bootedAt: Instant.nullable(),
  /** Seconds between two reports. */
  intervalS: z.number().int(),
  /** Clock of the device minus clock of the server, in milliseconds; null before the first report. */
  clockOffsetMs: z.number().int().nullable(),
  /** Mount point of the file system of `disk` and `diskFree`; null when unknown. */
  diskMount: z.string().nullable(),
  /** Mount points of file systems that do not respond. */
  hungFileSystems: z.array(z.string()),
  /** Parts of the agent that could not read their values. */
  skipped: z.array(
    z.object({
      /** Name of the part. */
      collector: z.string(),
      /** Why its values could not be read. */
      reason: z.string(),
    }),
  ),
  /** File systems that are excluded from monitoring. The server applies an exclusion by a member immediately. */
  excludedMounts: z.array(ExcludedMount),
  faults: z.array(DeviceFault),
  /** How the agent detected the class; null when it does not report this. */
  classReason: ClassReason.nullable(),
  /** Fields that the agent sends and this server does not know. */
  ignoredFields: IgnoredNames,
  /** False until a member approves the device. */
  isApproved: z.boolean(),
  /** True when two machines seem to use the credential of this device, or another device reports with its machine id. */
  isCloneSuspected: z.boolean(),
  /** Why a clone is suspected; null while none is. */
  clone: SuspectedClone.nullable().default(null),
  /**
   * Seconds in which no server ran, of the time since `presence.since` for a device that reports, and of that since its last report
   * otherwise.
   */
  unobservedS: z.number().int().min(0).default(0),
  /** Id of the device that this one depends on, such as its hypervisor, gateway or switch; null for none. */
  dependsOn: Id.nullable().default(null),
  /** The device that it depends on, then the one that this one depends on, and so on. Ends before a device that the caller may not see. */
  dependencies: z.array(RelatedDevice).default([]),
  /** Devices that depend directly on this one, 50 at most, without those that the caller may not see. */
  dependents: z.array(RelatedDevice).default([]),
  /** The legacy system through which the device reports; null for a device with Muster's agent. */
  origin: DeviceOrigin.nullable().default(null),
  inventory: Inventory.nullable(),
  inventoryAt: Instant.nullable(),
  /** The services of the device; null before its agent reported any. */
  services: DeviceServices.nullable().default(null),
  /** When the services last changed; null before the agent reported any. */
  servicesAt: Instant.nullable().default(null),
  ...EditInfo.shape,
});
export type DeviceDetail = z.infer<typeof DeviceDetail>;

/** Order of a list of devices. */
export const DeviceSort = z.enum([
  "attention",
  "name",
  "score",
  "cpu",
  "memory",
  "disk",
  "lastReport",
  "customer",
]);
export type DeviceSort = z.infer<typeof DeviceSort>;

const MAX_ALTERNATIVES = 20;

const several = <Item extends z.ZodType>(item: Item) =>
  separated(z.array(item).max(MAX_ALTERNATIVES)).optional();

/** Filters of a list of devices. A device must match every filter; of several values of one filter, it must match one. */
export const DeviceFilter = z.object({
  /** Words to find in names, user, serial number, model, addresses, customer, tags, versions and notes. All words must be found; case and accents are ignored. */
  search: z.string().trim().max(200).optional(),
  /** Devices with one of these levels of attention. */
  attention: several(z.enum(["none", "warn", "critical"])),
  /** Devices with one of these states. */
  presence: several(ShownPresence),
  /** Devices with one of these health states. */
  health: several(z.enum(["ok", "warn", "critical", "unknown"])),
  /** True for devices whose agent is paused, false for the others. */
  paused: z.stringbool().optional(),
  /** Devices of the customers with these names; case and accents are ignored. */
  customer: separatedText(z.array(line(120)).max(MAX_ALTERNATIVES)).optional(),
  /** Devices of the customers with these ids; `none` for devices without a customer. */
  customerId: several(z.union([Id, z.literal(NO_CUSTOMER)])),
  /** Devices with one of these tags. */
  tag: several(Tag),
  /** Devices of one of these classes. */
  class: several(DeviceClass),
  /** Devices with one of these operating systems. */
  osFamily: several(OsFamily),
  /** Devices with one of these operating systems and versions, as `osName` has them. */
  osName: separatedText(z.array(line(200)).max(MAX_ALTERNATIVES)).optional(),
  /** Devices with one of these versions of the agent. */
  agentVersion: separatedText(z.array(line(100)).max(MAX_ALTERNATIVES)).optional(),
  /** Devices where one of these users is logged in. */
  user: separatedText(z.array(line(120)).max(MAX_ALTERNATIVES)).optional(),
  /** Devices that need a reboot, or do not. */
  rebootRequired: z.stringbool().optional(),
  /** Only these devices. */
  id: separated(z.array(Id).max(200)).optional(),
  /** True for archived devices instead of the others. */
  archived: z.stringbool().default(false),
});
export type DeviceFilter = z.infer<typeof DeviceFilter>;

export const DeviceListQuery = DeviceFilter.extend(PageQuery.shape).extend({
  /** Order of the list. */
  sort: DeviceSort.default("attention"),
  /** `desc` reverses the order. */
  order: z.enum(["asc", "desc"]).default("asc"),
});
export type DeviceListQuery = z.infer<typeof DeviceListQuery>;

/** A page of devices. */
export const DevicePage = pageOf(DeviceSummary);
export type DevicePage = z.infer<typeof DevicePage>;

/** A filter whose choices can be counted. */
export const DeviceFacet = z.enum([
  "attention",
  "presence",
  "customerId",
  "tag",
  "class",
  "osFamily",
  "osName",
  "agentVersion",
  "user",
  "rebootRequired",
  "paused",
]);
export type DeviceFacet = z.infer<typeof DeviceFacet>;

export const DeviceFacetQuery = DeviceFilter.extend({
  /** The filters whose choices are counted. */
  facet: separated(z.array(DeviceFacet).min(1).max(DeviceFacet.options.length)),
  /** Only choices whose name has this text, whatever the case and accents. */
  find: z.string().trim().max(100).optional(),
  /** Maximum number of choices of each filter, the most frequent first. */
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type DeviceFacetQuery = z.infer<typeof DeviceFacetQuery>;

/** One choice of a filter. */
export const FacetChoice = z.object({
  /** What the filter takes. */
  value: z.string(),
  /** Name of the customer; null where the value is its own name, and for devices without a customer. */
  name: z.string().nullable(),
  /** Devices that match this choice and all other filters of the request. */
  devices: z.number().int(),
});
export type FacetChoice = z.infer<typeof FacetChoice>;

/** How many devices each choice of a filter would give, under the other filters of the request. */
export const DeviceFacets = z.object({
  /** Devices that match all filters of the request. */
  total: z.number().int(),
  /** The filters of the request. */
  facets: z.array(
    z.object({
      facet: DeviceFacet,
      /** The most frequent first, with all that the request has chosen. */
      choices: z.array(FacetChoice),
      /** Number of choices that are not listed. */
      more: z.number().int(),
    }),
  ),
});
export type DeviceFacets = z.infer<typeof DeviceFacets>;

/** Numbers of devices by state. Counts the devices that are not archived and within the customer limit of the caller. */
export const FleetSummary = z.object({
  /** Devices that are not archived. */
  total: z.number().int(),
  /** Reporting devices by their health. */
  health: z.object({
    /** Reporting devices that need no attention. */
    ok: z.number().int(),
    /** Reporting devices with a warning. */
    warn: z.number().int(),
    /** Reporting devices in a critical state. */
    critical: z.number().int(),
    /** Reporting devices whose health is not known. */
    unknown: z.number().int(),
  }),
  /** Number of devices in each state. */
  presence: z.record(ShownPresence, z.number().int()),
  /** Number of devices at each level of attention. */
  attention: z.object({
    /** Devices that need no attention. */
    none: z.number().int(),
    /** Devices with a warning. */
    warn: z.number().int(),
    /** Devices in a critical state. */
    critical: z.number().int(),
  }),
  /** Devices whose agent is paused. */
  paused: z.number().int(),
  /** Archived devices. */
  archived: z.number().int(),
  /** Median health score; null when no score is known. */
  medianScore: z.number().nullable(),
  /** Reports per second of this organization, averaged over the last minute. */
  reportsPerSecond: z.number(),
  /** Names of customers with devices, at most 500; `GET /api/v1/customers` lists all. */
  customers: z.array(z.string()),
  /** All tags of devices. */
  tags: z.array(z.string()),
  /** When many devices of a site or of the organization stopped reporting at the same time; for up to an hour they are not called offline. */
  outageSuspectedSince: Instant.nullable(),
});
export type FleetSummary = z.infer<typeof FleetSummary>;

/** Fields of a device to change. Fields that are left out stay as they are. */
export const DeviceChange = z
  .strictObject({
    /** Name to show; null for the host name. */
    label: name(120).nullable(),
    /** Name of the customer; a new customer is created when none has this name. Not together with `customerId`. */
    customer: name(120).nullable(),
    /** Id of the customer that the device belongs to; null for none. */
    customerId: Id.nullable(),
    /** All tags of the device. */
    tags: z.array(Tag).max(20),
    /** Notes of the members. */
    notes: lines(10_000),
    /** Class of the machine; null for the detected one. */
    class: DeviceClass.nullable(),
    /** End of the maintenance; null ends it now. */
    maintenanceUntil: AnyInstant.nullable(),
    /** Id of the device that this one depends on, such as its hypervisor, gateway or switch; null for none. */
    dependsOn: Id.nullable(),
  })
  .partial();
export type DeviceChange = z.infer<typeof DeviceChange>;

/** The file system to exclude from monitoring or to include again. */
export const MountChange = z.strictObject({ mount: MountPoint });
export type MountChange = z.infer<typeof MountChange>;

/** What to do with a suspected clone: accept the reports of this device, or refuse its credential until it is enrolled again. */
export const CloneDecision = z.strictObject({
  /** `keep` accepts the reports of this device, `revoke` rejects its credential, whoever uses it. */
  decision: z.enum(["keep", "revoke"]),
});
export type CloneDecision = z.infer<typeof CloneDecision>;
