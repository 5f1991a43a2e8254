import { z } from "zod";
import { Id } from "../ids.ts";
import { DeviceSummary, FleetSummary } from "./device.ts";

/**
 * Events of GET /api/v1/stream (server-sent events), at most one of each kind a second:
 * - `devices`: devices that changed, as rows; `removed` are the ids that are gone
 * - `summary`: the figures of the fleet page
 * - `actions`: ids of actions that changed, to be read again by whoever shows them
 * - `resync`: this reader missed something; read everything again
 */
export const DevicesEvent = z.object({ changed: z.array(DeviceSummary), removed: z.array(Id) });
export type DevicesEvent = z.infer<typeof DevicesEvent>;
export const SummaryEvent = FleetSummary;
export const ActionsEvent = z.object({ changed: z.array(Id) });
export type ActionsEvent = z.infer<typeof ActionsEvent>;
export const STREAM_EVENTS = ["devices", "summary", "actions", "resync"] as const;
export type StreamEventName = (typeof STREAM_EVENTS)[number];
