import { z } from "zod";
import { Id } from "../ids.ts";
import { Instant } from "./text.ts";

/** Watches that a user may have at a time. */
export const MAX_WATCHES = 100;

const TARGET = {
  /** What is watched. */
  kind: z.enum(["device", "alarm", "action"]),
  /** Its id. */
  targetId: Id,
};

/** What to watch until it changes once: a device until it is back, or offline; an alarm or an action until its end. */
export const NewWatch = z.strictObject(TARGET);
export type NewWatch = z.infer<typeof NewWatch>;

/** What a user is told of once. It is gone with that. */
export const Watch = z.object({
  id: Id,
  ...TARGET,
  /** What is awaited: the device is online, or offline, or the alarm or action has ended. */
  until: z.enum(["online", "offline", "ended"]),
  /** When it began. */
  createdAt: Instant,
});
export type Watch = z.infer<typeof Watch>;

/** The watches of the caller, the newest first. */
export const Watches = z.object({
  /** The watches. */
  items: z.array(Watch),
  /** Whether the caller can be told, by mail or in a browser. While it is not so, the watches stay. */
  isReachable: z.boolean(),
});
export type Watches = z.infer<typeof Watches>;
