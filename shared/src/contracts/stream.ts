import { z } from "zod";
import { Id } from "../ids.ts";
import { DeviceSummary, FleetSummary } from "./device.ts";

/**
 * Events of GET /api/v1/stream (server-sent events), at most one of each kind a second:
 * - `devices`: devices that changed; `removed` has the ids of those that are no longer listed
 * - `summary`: the summary of the fleet
 * - `actions`: ids of actions that changed; read them again
 * - `alarms`: ids of alarms that changed; read them again
 * - `resync`: events were lost; read everything again
 */
/** What a page read before it opened the stream. */
export const StreamQuery = z.object({
  /** The `streamPosition` of the caller. What changed since is sent, or `resync` where that is not known. Without it nothing is. */
  since: z.string().max(100).optional(),
});
export const DevicesEvent = z.object({ changed: z.array(DeviceSummary), removed: z.array(Id) });
export type DevicesEvent = z.infer<typeof DevicesEvent>;
export const SummaryEvent = FleetSummary;
export const ActionsEvent = z.object({ changed: z.array(Id) });
export type ActionsEvent = z.infer<typeof ActionsEvent>;
export const AlarmsEvent = z.object({ changed: z.array(Id) });
export type AlarmsEvent = z.infer<typeof AlarmsEvent>;
export const STREAM_EVENTS = ["devices", "summary", "actions", "alarms", "resync"] as const;
export type StreamEventName = (typeof STREAM_EVENTS)[number];
