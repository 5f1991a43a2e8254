import { z } from "zod";
import { Attention } from "../health/attention.ts";
import { Health } from "../health/score.ts";
import { Id } from "../ids.ts";
import { ClassReason, DeviceClass, Inventory, OsFamily } from "./inventory.ts";
import { DeviceOrigin } from "./legacy-system.ts";
import { PageQuery, pageOf } from "./page.ts";
import { DeviceFault, LastWord, MountPoint } from "./report.ts";
import { separated, separatedText } from "./separated.ts";
import { AnyInstant, IgnoredNames, Instant, line, lines, name, Tag } from "./text.ts";
import { NO_CUSTOMER } from "../customers.ts";

export const Connection = z.enum(["waiting", "online", "late", "offline", "expired"]);
export type Connection = z.infer<typeof Connection>;

/** The one state that is shown, by precedence: maintenance, expired, last word, offline, late, online; waiting before the first report. */
export const ShownPresence = z.enum([
  "maintenance",
  "expired",
  "asleep",
  "shutting-down",
  "restarting",
  "agent-stopped",
  "offline",
  "late",
  "online",
  "waiting",
]);
export type ShownPresence = z.infer<typeof ShownPresence>;

/** Connection, last word and flags are separate facts; `shown` is what they add up to. */
export const Presence = z.object({
  shown: ShownPresence,
  connection: Connection,
  /** When the connection became what it is. */
  since: Instant,
  lastWord: LastWord.nullable(),
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
  hostname: z.string(),
  osFamily: OsFamily,
  osName: z.string().nullable(),
  class: DeviceClass,
  /** The name of its customer. */
  customer: z.string().nullable(),
  customerId: Id.nullable().default(null),
  tags: z.array(Tag),
  presence: Presence,
  health: Health,
  attention: Attention,
  /** The newest live figures; absent ones could not be read. Percent, bytes. */
  metrics: z.object({
    cpu: z.number().optional(),
    memory: z.number().optional(),
    disk: z.number().optional(),
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
  rebootRequired: z.boolean(),
  address: z.string().nullable(),
  serial: z.string().nullable(),
  agentVersion: z.string().nullable(),
  lastReportAt: Instant.nullable(),
  archivedAt: Instant.nullable(),
});
export type DeviceSummary = z.infer<typeof DeviceSummary>;

/** A file system that is not monitored: by the configuration of the device, or because a member excluded it. */
export const ExcludedMount = z.discriminatedUnion("source", [
  z.object({ source: z.literal("device"), mount: z.string() }),
  z.object({ source: z.literal("member"), mount: z.string(), by: z.string(), at: Instant }),
]);
export type ExcludedMount = z.infer<typeof ExcludedMount>;

/** Everything about one device except its history. */
export const DeviceDetail = DeviceSummary.extend({
  label: z.string().nullable(),
  notes: z.string(),
  classSource: z.enum(["guessed", "chosen"]),
  enrolledAt: Instant,
  bootedAt: Instant.nullable(),
  intervalS: z.number().int(),
  /** Device clock minus server clock, milliseconds; null before the first report. */
  clockOffsetMs: z.number().int().nullable(),
  diskMount: z.string().nullable(),
  hungFileSystems: z.array(z.string()),
  skipped: z.array(z.object({ collector: z.string(), reason: z.string() })),
  /** File systems that are neither measured nor among the faults; a member's exclusion counts at once. */
  excludedMounts: z.array(ExcludedMount),
  faults: z.array(DeviceFault),
  /** What `class` was derived from; null while the agent does not report it. */
  classReason: ClassReason.nullable(),
  /** Fields that its agent sends and this server does not know. */
  ignoredFields: IgnoredNames,
  isApproved: z.boolean(),
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
  /** Found in name, host name, user, serial, addresses, customer and tags; letters' case does not matter. */
  search: z.string().trim().max(200).optional(),
  attention: several(z.enum(["none", "warn", "critical"])),
  presence: several(ShownPresence),
  health: several(z.enum(["ok", "warn", "critical", "unknown"])),
  paused: z.stringbool().optional(),
  /** Names of customers, whatever their case and accents. */
  customer: separatedText(z.array(line(120)).max(MAX_ALTERNATIVES)).optional(),
  /** Ids of customers; `none` stands for the devices without one. */
  customerId: several(z.union([Id, z.literal(NO_CUSTOMER)])),
  tag: several(Tag),
  class: several(DeviceClass),
  osFamily: several(OsFamily),
  /** Only these devices. */
  id: separated(z.array(Id).max(200)).optional(),
  archived: z.stringbool().default(false),
});
export type DeviceFilter = z.infer<typeof DeviceFilter>;

export const DeviceListQuery = DeviceFilter.extend(PageQuery.shape).extend({
  sort: DeviceSort.default("attention"),
  /** `desc` turns the natural order of the sort around. */
  order: z.enum(["asc", "desc"]).default("asc"),
});
export type DeviceListQuery = z.infer<typeof DeviceListQuery>;

export const DevicePage = pageOf(DeviceSummary);
export type DevicePage = z.infer<typeof DevicePage>;

/** The figures above the fleet page: all devices of the organization that are not archived and within the limit of the caller. */
export const FleetSummary = z.object({
  total: z.number().int(),
  /** Devices by what they show first: attention for those that report, presence for those that do not. */
  health: z.object({
    ok: z.number().int(),
    warn: z.number().int(),
    critical: z.number().int(),
    unknown: z.number().int(),
  }),
  presence: z.record(ShownPresence, z.number().int()),
  attention: z.object({ none: z.number().int(), warn: z.number().int(), critical: z.number().int() }),
  paused: z.number().int(),
  archived: z.number().int(),
  /** Median score of devices with a known one; null when there is none. */
  medianScore: z.number().nullable(),
  /** Reports of this organization per second over the last minute. */
  reportsPerSecond: z.number(),
  /** Names of the customers that have devices, the first 500 in natural order; `GET /api/v1/customers` lists all. */
  customers: z.array(z.string()),
  tags: z.array(z.string()),
  /** Set while a fifth of the organization went silent at once and transitions are held. */
  outageSuspectedSince: Instant.nullable(),
});
export type FleetSummary = z.infer<typeof FleetSummary>;

/** What a person can change of a device. A field that is left out stays as it is. */
export const DeviceChange = z
  .strictObject({
    label: name(120).nullable(),
    /** A name that no customer has makes a new one. Not together with `customerId`. */
    customer: name(120).nullable(),
    customerId: Id.nullable(),
    tags: z.array(Tag).max(20),
    notes: lines(10_000),
    class: DeviceClass.nullable(),
    maintenanceUntil: AnyInstant.nullable(),
  })
  .partial();
export type DeviceChange = z.infer<typeof DeviceChange>;

/** Which file system to exclude from monitoring, or to include again. */
export const MountChange = z.strictObject({ mount: MountPoint });
export type MountChange = z.infer<typeof MountChange>;

/** What to do with a device whose credential is used by two machines: go on with the present one, or refuse both until enrolled anew. */
export const CloneDecision = z.strictObject({ decision: z.enum(["keep", "revoke"]) });
export type CloneDecision = z.infer<typeof CloneDecision>;
