import { z } from "zod";
import { Id } from "../ids.ts";
import { DeviceScope } from "./device-scope.ts";
import { EditInfo } from "./edit-info.ts";
import { Instant, lines, name } from "./text.ts";

export const MAX_STATUS_COMPONENTS = 50;
/** Incidents that are kept; the oldest resolved ones are deleted. */
export const MAX_STATUS_INCIDENTS = 200;
export const MAX_INCIDENT_UPDATES = 50;

/** What a visitor reads about a component, from the best to the worst; `no-data` while none of its devices has reported. */
export const ComponentState = z.enum([
  "operational",
  "no-data",
  "maintenance",
  "degraded",
  "partial-outage",
  "outage",
]);
export type ComponentState = z.infer<typeof ComponentState>;

const ComponentName = name(80);

/** A line of the status page: devices under a name that was chosen for visitors. */
export const StatusComponent = z.strictObject({
  id: Id,
  /** Name that visitors read. */
  name: ComponentName,
  /** The devices that it is about. Visitors see neither their names nor how many they are. */
  scope: DeviceScope,
});
export type StatusComponent = z.infer<typeof StatusComponent>;

const fields = {
  /** Whether visitors reach the page. */
  isEnabled: z.boolean(),
  /** Title that visitors read. */
  title: name(80),
  /** Text below the title; may be empty. */
  intro: lines(1_000),
};

/** The public status page of an organization, as members see it. */
export const StatusPageSettings = z.object({
  ...fields,
  /** Address of the page; null before the first change. Whoever knows it sees the page while it is enabled. */
  url: z.string().nullable(),
  /** Its components, in their order. */
  components: z.array(StatusComponent),
  ...EditInfo.shape,
});
export type StatusPageSettings = z.infer<typeof StatusPageSettings>;

/** What to change of the status page. Fields that are left out stay as they are. */
export const StatusPageChange = z
  .strictObject({
    ...fields,
    /** All components in their order. One without an id is new. */
    components: z
      .array(StatusComponent.extend({ id: Id.optional() }))
      .max(MAX_STATUS_COMPONENTS)
      .refine(
        (components) => new Set(components.map((component) => component.name)).size === components.length,
        "must have different names",
      ),
  })
  .partial();
export type StatusPageChange = z.infer<typeof StatusPageChange>;

/** How far an incident is. */
export const IncidentState = z.enum(["investigating", "identified", "monitoring", "resolved"]);
export type IncidentState = z.infer<typeof IncidentState>;

/** What an incident does to its components at least. */
export const IncidentImpact = ComponentState.extract(["degraded", "partial-outage", "outage"]);
export type IncidentImpact = z.infer<typeof IncidentImpact>;

const IncidentText = lines(2_000).refine((text) => text.trim() !== "", "must not be empty");

/** A statement about an incident. */
export const IncidentUpdate = z.object({
  /** When it was published. */
  at: Instant,
  state: IncidentState,
  /** Text that visitors read. */
  text: IncidentText,
});
export type IncidentUpdate = z.infer<typeof IncidentUpdate>;

/** An incident that members publish on the status page. */
export const StatusIncident = z.object({
  id: Id,
  /** Title that visitors read. */
  title: name(120),
  impact: IncidentImpact,
  /** Ids of the components that it is about. */
  componentIds: z.array(Id),
  state: IncidentState,
  /** Newest first. */
  updates: z.array(IncidentUpdate),
  openedAt: Instant,
  /** Null while it is open. */
  resolvedAt: Instant.nullable(),
});
export type StatusIncident = z.infer<typeof StatusIncident>;

/** The incidents of the organization. */
export const StatusIncidents = z.object({
  /** Open ones first, then the newest first. */
  items: z.array(StatusIncident),
});
export type StatusIncidents = z.infer<typeof StatusIncidents>;

/** An incident to publish. */
export const NewStatusIncident = z.strictObject({
  /** Title that visitors read. */
  title: name(120),
  impact: IncidentImpact,
  /** Ids of components of the status page. */
  componentIds: z.array(Id).max(MAX_STATUS_COMPONENTS),
  state: IncidentState.default("investigating"),
  /** Text that visitors read. */
  text: IncidentText,
});
export type NewStatusIncident = z.infer<typeof NewStatusIncident>;

/** What to publish about an incident. */
export const NewIncidentUpdate = z.strictObject({
  state: IncidentState,
  /** Text that visitors read. */
  text: IncidentText,
  /** The impact from now on; unchanged when left out. */
  impact: IncidentImpact.optional(),
});
export type NewIncidentUpdate = z.infer<typeof NewIncidentUpdate>;

const names = z.array(z.string());

/** A day of a component, in UTC. */
export const PublicStatusDay = z.object({
  /** The day in UTC, as `2026-11-30`. */
  day: z.iso.date(),
  /** Share of the time in which its devices were up, in percent; null without data. */
  percent: z.number().min(0).max(100).nullable(),
});

/** What visitors read: chosen names only, and no ids. */
export const PublicStatus = z.object({
  /** Title of the page. */
  title: z.string(),
  /** Text below the title. */
  intro: z.string(),
  /** The worst state of the components. */
  state: ComponentState,
  /** When the states were read. */
  checkedAt: Instant,
  /** The components, in their order. */
  components: z.array(
    z.object({
      /** Name of the component. */
      name: z.string(),
      state: ComponentState,
      /** When the newest report of its devices arrived; null before the first one. */
      lastReportAt: Instant.nullable(),
      /** Share of the last 90 days in which its devices were up, in percent; null without data. */
      percent: z.number().min(0).max(100).nullable(),
      /** The last 90 days, oldest first. */
      days: z.array(PublicStatusDay),
    }),
  ),
  /** Open incidents, then those of the last 90 days, the newest first. */
  incidents: z.array(
    StatusIncident.omit({ id: true, componentIds: true }).extend({
      /** Names of the components. */
      components: names,
    }),
  ),
  /** Maintenance that is open or begins within 14 days, the first one first. */
  maintenance: z.array(
    z.object({
      startsAt: Instant,
      endsAt: Instant,
      /** Names of the components. */
      components: names,
    }),
  ),
});
export type PublicStatus = z.infer<typeof PublicStatus>;
