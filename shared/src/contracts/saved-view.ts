import { z } from "zod";
import { NO_CUSTOMER } from "../customers.ts";
import { AttentionLevel } from "../health/attention.ts";
import { Id } from "../ids.ts";
import { DeviceSort, ShownPresence } from "./device.ts";
import { DeviceClass, OsFamily } from "./inventory.ts";
import { Instant, line, name, Tag } from "./text.ts";

/** Views that one member may have. */
export const MAX_VIEWS_OF_MEMBER = 100;
/** Shared views of one organization. */
export const MAX_SHARED_VIEWS = 200;

const MAX_ALTERNATIVES = 20;
const MAX_COLUMNS = 60;

/** Filters of a list and its order; the values of one filter are alternatives, and an empty filter does not narrow. */
export const ViewQuery = z.strictObject({
  /** Found in names, user, serial, model, addresses, customer, tags, versions and notes; every word must be found. */
  search: z.string().trim().max(200).default(""),
  /** Levels of attention. */
  attention: z.array(AttentionLevel).max(MAX_ALTERNATIVES).default([]),
  /** States of presence. */
  presence: z.array(ShownPresence).max(MAX_ALTERNATIVES).default([]),
  /** Names of customers. */
  customer: z.array(line(120)).max(MAX_ALTERNATIVES).default([]),
  /** Ids of customers; `none` stands for the devices without one. */
  customerId: z
    .array(z.union([Id, z.literal(NO_CUSTOMER)]))
    .max(MAX_ALTERNATIVES)
    .default([]),
  /** Tags of devices. */
  tag: z.array(Tag).max(MAX_ALTERNATIVES).default([]),
  /** Classes of machines. */
  class: z.array(DeviceClass).max(MAX_ALTERNATIVES).default([]),
  /** Families of operating systems. */
  osFamily: z.array(OsFamily).max(MAX_ALTERNATIVES).default([]),
  /** Operating systems with their versions. */
  osName: z.array(line(200)).max(MAX_ALTERNATIVES).default([]),
  /** Versions of the agent. */
  agentVersion: z.array(line(100)).max(MAX_ALTERNATIVES).default([]),
  /** Users who are logged in. */
  user: z.array(line(120)).max(MAX_ALTERNATIVES).default([]),
  /** Only devices that need a reboot. */
  rebootRequired: z.boolean().default(false),
  /** Only devices whose agent is paused. */
  paused: z.boolean().default(false),
  /** Archived devices instead of the others. */
  archived: z.boolean().default(false),
  /** What the list is sorted by. */
  sort: DeviceSort.default("attention"),
  /** `desc` turns the natural order of the sort around. */
  order: z.enum(["asc", "desc"]).default("asc"),
});
export type ViewQuery = z.infer<typeof ViewQuery>;

/** A column of a view. The server stores it and does not know which columns a dashboard has. */
export const ViewColumn = z.strictObject({
  /** Name of the column in the dashboard. */
  id: z.string().regex(/^[a-zA-Z][a-zA-Z0-9-]{0,39}$/, "must be the name of a column"),
  /** Width in pixels; null for the width that the dashboard chooses. */
  widthPx: z.number().int().min(20).max(2_000).nullable().default(null),
});
export type ViewColumn = z.infer<typeof ViewColumn>;

/** What a view shows and how. */
export const ViewDefinition = z.strictObject({
  query: ViewQuery,
  /** Columns of the table from left to right; empty for those of the reader. */
  columns: z.array(ViewColumn).max(MAX_COLUMNS).default([]),
  /** Height of the rows, by its name in the dashboard; null for that of the reader. */
  density: z
    .string()
    .regex(/^[a-z]{1,20}$/, "must be the name of a density")
    .nullable()
    .default(null),
  /** A table, or cards. */
  layout: z.enum(["table", "cards"]).default("table"),
});
export type ViewDefinition = z.infer<typeof ViewDefinition>;

const ViewName = name(80);

/** A saved view of the fleet page. */
export const SavedView = z.object({
  id: Id,
  /** Unique among the views of its owner, whatever the case and accents. */
  name: z.string(),
  /** Whether all members of the organization see it; a member with a customer limit only where it is about those customers. */
  isShared: z.boolean(),
  /** Who saved it. */
  owner: z.object({
    /** Id of the user. */
    id: Id,
    /** Name of the user when the view was last changed by them. */
    name: z.string(),
  }),
  /** Whether the caller saved it. */
  isOwn: z.boolean(),
  /** Whether the caller may change and delete it. */
  mayChange: z.boolean(),
  definition: ViewDefinition,
  /** Increases with every change; sent back as `If-Match`, a change applies to this version only. */
  version: z.number().int(),
  /** When the view was last changed. */
  updatedAt: Instant,
});
export type SavedView = z.infer<typeof SavedView>;

/** The views of the caller and the shared ones, in the order of their names. */
export const SavedViews = z.object({
  /** All views that the caller can open. */
  items: z.array(SavedView),
  /** Id of the view that the caller begins with; null for none. */
  defaultViewId: Id.nullable(),
});
export type SavedViews = z.infer<typeof SavedViews>;

/** A view to save. */
export const NewView = z.strictObject({
  /** Unique among the views of the caller, whatever the case and accents. */
  name: ViewName,
  /** Shows the view to all members; needs the operator's role. */
  isShared: z.boolean().default(false),
  definition: ViewDefinition,
});
export type NewView = z.infer<typeof NewView>;

/** A field that is left out stays as it is. */
export const ViewChange = z
  .strictObject({
    /** Unique among the views of its owner, whatever the case and accents. */
    name: ViewName,
    /** Only the owner of a view can share it or stop sharing it. */
    isShared: z.boolean(),
    definition: ViewDefinition,
  })
  .partial();
export type ViewChange = z.infer<typeof ViewChange>;

/** Which view the caller begins with. */
export const DefaultView = z.strictObject({
  /** Id of a view that the caller can open; null for the plain fleet page. */
  viewId: Id.nullable(),
});
export type DefaultView = z.infer<typeof DefaultView>;
