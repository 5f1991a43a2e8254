import { z } from "zod";
import { Attention } from "../health/attention.ts";
import { Health } from "../health/score.ts";
import { Id } from "../ids.ts";
import { ClassReason, DeviceClass, Inventory, OsFamily } from "./inventory.ts";
import { DeviceOrigin } from "./legacy-system.ts";
import { PageQuery, pageOf } from "./page.ts";
import { DeviceFault, LastWord, MountPoint } from "./report.ts";
import { separated, separatedText } from "./separated.ts";
import { ShownPresence } from "./shown-presence.ts";
import { AnyInstant, IgnoredNames, Instant, line, lines, name, Tag } from "./text.ts";
import { NO_CUSTOMER } from "../customers.ts";

export { ShownPresence };

/** How the device's reports arrive, by the server's clock. */
export const Connection = z.enum(["waiting", "online", "late", "offline", "expired"]);
export type Connection = z.infer<typeof Connection>;

/** Connection, last word and flags are separate facts; `shown` is what they add up to. */
export const Presence = z.object({
  shown: ShownPresence,
  /** How the device's reports arrive. */
  connection: Connection,
  /** When the connection became what it is. */
  since: Instant,
  lastWord: LastWord.nullable(),
  /** Set while a local user paused the agent; `until` null means until resumed. */
  paused: z.object({ until: Instant.nullable() }).nullable(),
  maintenanceUntil: Instant.nullable(),
  /** Silent without an excuse. */
  isAbsent: z.boolean(),
});
export type Presence = z.infer<typeof Presence>;

/** A row of the fleet page, and what the stream of changes carries. */
export const DeviceSummary = z.object({
  id: Id,
  /** Label given by a person, else the host name. */
  name: z.string(),
  /** Host name that the machine reports. */
  hostname: z.string(),
  /** Family of the operating system. */
  osFamily: OsFamily,
  /** Operating system as the machine names it; null before the first inventory. */
  osName: z.string().nullable(),
  class: DeviceClass,
  /** Name of the customer that the device belongs to; null for none. */
  customer: z.string().nullable(),
  customerId: Id.nullable().default(null),
  tags: z.array(Tag),
  presence: Presence,
  health: Health,
  attention: Attention,
  /** The newest live figures; absent ones could not be read. Percent, bytes. */
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
  /** True when they are older than the device's own report interval allows: show them as the last known, not as current. */
  areMetricsStale: z.boolean(),
  /** The person at the console; null when nobody is logged in, or when that is not known. */
  user: z.string().nullable(),
  /** False while the device could not tell who is logged in. */
  isUserKnown: z.boolean(),
  idleSince: Instant.nullable(),
  /** True when the system asks for a reboot to finish its updates. */
  rebootRequired: z.boolean(),
  /** Address of the machine; null when unknown. */
  address: z.string().nullable(),
  /** Serial number of the hardware; null when unknown. */
  serial: z.string().nullable(),
  /** Version of the agent; null before the first inventory. */
  agentVersion: z.string().nullable(),
  lastReportAt: Instant.nullable(),
  archivedAt: Instant.nullable(),
});
export type DeviceSummary = z.infer<typeof DeviceSummary>;

/** A file system that is not monitored: by the configuration of the device, or because a member excluded it. */
export const ExcludedMount = z.discriminatedUnion("source", [
  z.object({
    /** Who excluded it: the configuration of the device, or a member. */
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

/** Everything about one device except its history. */
export const DeviceDetail = DeviceSummary.extend({
  /** Name given by a member; null when the host name is shown. */
  label: z.string().nullable(),
  /** Notes of the members. */
  notes: z.string(),
  /** Whether the class was guessed by the agent or chosen by a member. */
  classSource: z.enum(["guessed", "chosen"]),
  enrolledAt: Instant,
  bootedAt: Instant.nullable(),
  /** Seconds between two reports. */
  intervalS: z.number().int(),
  /** Device clock minus server clock, milliseconds; null before the first report. */
  clockOffsetMs: z.number().int().nullable(),
  /** Mount point that `disk` and `diskFree` are about; null when unknown. */
  diskMount: z.string().nullable(),
  /** Mount points that did not answer in time. */
  hungFileSystems: z.array(z.string()),
  /** Collectors that were skipped. */
  skipped: z.array(
    z.object({
      /** Name of the collector. */
      collector: z.string(),
      /** Why it was skipped. */
      reason: z.string(),
    }),
  ),
  /** File systems that are neither measured nor among the faults; a member's exclusion counts at once. */
  excludedMounts: z.array(ExcludedMount),
  faults: z.array(DeviceFault),
  /** What `class` was derived from; null while the agent does not report it. */
  classReason: ClassReason.nullable(),
  /** Fields that its agent sends and this server does not know. */
  ignoredFields: IgnoredNames,
  /** False while a member has to approve the device. */
  isApproved: z.boolean(),
  /** True when two machines seem to use the credential of this device. */
  isCloneSuspected: z.boolean(),
  /** Null for a device with an agent and a credential of its own. */
  origin: DeviceOrigin.nullable().default(null),
  inventory: Inventory.nullable(),
  inventoryAt: Instant.nullable(),
});
export type DeviceDetail = z.infer<typeof DeviceDetail>;

/** How a list of devices can be ordered; `attention` is the default. */
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

/** What a list of devices is narrowed by. Several values of one name are alternatives; different names must all hold. */
export const DeviceFilter = z.object({
  /** Found in names, user, serial, model, addresses, customer, tags, versions and notes, whatever the case and accents; every word must be found. */
  search: z.string().trim().max(200).optional(),
  /** Devices with one of these levels of attention. */
  attention: several(z.enum(["none", "warn", "critical"])),
  /** Devices with one of these states. */
  presence: several(ShownPresence),
  /** Devices with one of these health states. */
  health: several(z.enum(["ok", "warn", "critical", "unknown"])),
  /** Devices whose agent is paused, or is not. */
  paused: z.stringbool().optional(),
  /** Names of customers, whatever their case and accents. */
  customer: separatedText(z.array(line(120)).max(MAX_ALTERNATIVES)).optional(),
  /** Ids of customers; `none` stands for the devices without one. */
  customerId: several(z.union([Id, z.literal(NO_CUSTOMER)])),
  /** Devices with one of these tags. */
  tag: several(Tag),
  /** Devices of one of these classes. */
  class: several(DeviceClass),
  /** Devices with one of these operating systems. */
  osFamily: several(OsFamily),
  /** Only these devices. */
  id: separated(z.array(Id).max(200)).optional(),
  /** Archived devices instead of the others. */
  archived: z.stringbool().default(false),
});
export type DeviceFilter = z.infer<typeof DeviceFilter>;

export const DeviceListQuery = DeviceFilter.extend(PageQuery.shape).extend({
  /** What the list is sorted by. */
  sort: DeviceSort.default("attention"),
  /** `desc` turns the natural order of the sort around. */
  order: z.enum(["asc", "desc"]).default("asc"),
});
export type DeviceListQuery = z.infer<typeof DeviceListQuery>;

/** A page of devices. */
export const DevicePage = pageOf(DeviceSummary);
export type DevicePage = z.infer<typeof DevicePage>;

/** The figures above the fleet page: all devices of the organization that are not archived and within the limit of the caller. */
export const FleetSummary = z.object({
  /** Devices that are not archived. */
  total: z.number().int(),
  /** Devices by what they show first: attention for those that report, presence for those that do not. */
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
  /** Median score of devices with a known one; null when there is none. */
  medianScore: z.number().nullable(),
  /** Reports of this organization per second over the last minute. */
  reportsPerSecond: z.number(),
  /** Names of the customers that have devices, the first 500 in natural order; `GET /api/v1/customers` lists all. */
  customers: z.array(z.string()),
  /** All tags that devices have. */
  tags: z.array(z.string()),
  /** Set while a fifth of the organization went silent at once and transitions are held. */
  outageSuspectedSince: Instant.nullable(),
});
export type FleetSummary = z.infer<typeof FleetSummary>;

/** What a person can change of a device. A field that is left out stays as it is. */
export const DeviceChange = z
  .strictObject({
    /** Name to show; null for the host name. */
    label: name(120).nullable(),
    /** A name that no customer has makes a new one. Not together with `customerId`. */
    customer: name(120).nullable(),
    /** Id of the customer that the device belongs to; null for none. */
    customerId: Id.nullable(),
    /** All tags of the device. */
    tags: z.array(Tag).max(20),
    /** Notes of the members. */
    notes: lines(10_000),
    /** Class of the machine; null for the guessed one. */
    class: DeviceClass.nullable(),
    /** End of the maintenance; null ends it now. */
    maintenanceUntil: AnyInstant.nullable(),
  })
  .partial();
export type DeviceChange = z.infer<typeof DeviceChange>;

/** Which file system to exclude from monitoring, or to include again. */
export const MountChange = z.strictObject({ mount: MountPoint });
export type MountChange = z.infer<typeof MountChange>;

/** What to do with a device whose credential is used by two machines: go on with the present one, or refuse both until enrolled anew. */
export const CloneDecision = z.strictObject({
  /** `keep` continues with the present machine, `revoke` rejects both until they enrol again. */
  decision: z.enum(["keep", "revoke"]),
});
export type CloneDecision = z.infer<typeof CloneDecision>;
