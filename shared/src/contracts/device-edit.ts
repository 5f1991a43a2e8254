import { z } from "zod";
import { MAX_TAGS_PER_DEVICE } from "../device-limits.ts";
import { Id } from "../ids.ts";
import { deviceTargetShape, hasOneTarget, ONE_TARGET } from "./device-match.ts";
import { DeviceClass } from "./inventory.ts";
import { AnyInstant, Instant, name, Tag } from "./text.ts";

const tags = z.array(Tag).min(1).max(MAX_TAGS_PER_DEVICE);

/** What changes on each of the devices. A field that is left out stays as it is. */
export const DeviceEditChange = z
  .strictObject({
    /** Tags that each device gets in addition to its own. */
    addTags: tags,
    /** Tags that are removed from each device that has them. */
    removeTags: tags,
    /** A name that no customer has makes a new one; null for none. Not together with `customerId`. */
    customer: name(120).nullable(),
    /** Id of the customer that the devices belong to; null for none. */
    customerId: Id.nullable(),
    /** Class of the machines; null for the guessed one. */
    class: DeviceClass.nullable(),
    /** Id of the device that the devices depend on, such as their hypervisor; null for none. */
    dependsOn: Id.nullable(),
    /** End of the maintenance; null ends it now. */
    maintenanceUntil: AnyInstant.nullable(),
    /** True archives the devices, false restores them. Not together with another field. */
    archived: z.boolean(),
  })
  .partial()
  .refine((change) => Object.keys(change).length > 0, { message: "must change at least one field" })
  .refine(({ archived, ...others }) => archived === undefined || Object.keys(others).length === 0, {
    path: ["archived"],
    message: "must be the only field",
  });
export type DeviceEditChange = z.infer<typeof DeviceEditChange>;

/** Changes many devices in one request. */
export const NewDeviceEdit = z
  .strictObject({
    ...deviceTargetShape,
    /** What changes on each of the devices. */
    change: DeviceEditChange,
  })
  .refine(hasOneTarget, ONE_TARGET);
export type NewDeviceEdit = z.infer<typeof NewDeviceEdit>;

/** Why a device was not edited. */
export const DeviceEditFailure = z.enum([
  "not-found",
  "too-many-tags",
  "customer-gone",
  "dependency-refused",
  "changed-since",
  "failed",
]);
export type DeviceEditFailure = z.infer<typeof DeviceEditFailure>;

/** An edit of many devices, and how far it is. */
export const DeviceEdit = z.object({
  id: Id,
  /** `running` until every device was dealt with. */
  state: z.enum(["running", "done"]),
  /** Id of the edit that this one undoes; null for any other. */
  undoOf: Id.nullable(),
  requestedAt: Instant,
  finishedAt: Instant.nullable(),
  /** Number of its devices by result. */
  counts: z.object({
    /** Not dealt with yet. */
    pending: z.number().int(),
    /** Edited. */
    changed: z.number().int(),
    /** Had the values already. */
    unchanged: z.number().int(),
    /** Not edited; `failures` has the reasons. */
    failed: z.number().int(),
  }),
  /** The first 100 devices that were not edited. */
  failures: z.array(
    z.object({
      /** Id of the device. */
      deviceId: Id,
      /** Name of the device; its id when the device is out of reach. */
      deviceName: z.string(),
      /** Why it was not edited. */
      reason: DeviceEditFailure,
    }),
  ),
  /** Until when the edit can be undone; null when it cannot be: it changed nothing, is an undo itself or was undone. */
  undoUntil: Instant.nullable(),
});
export type DeviceEdit = z.infer<typeof DeviceEdit>;
