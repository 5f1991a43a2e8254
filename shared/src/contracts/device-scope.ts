import { z } from "zod";
import { Id } from "../ids.ts";
import { DeviceClass } from "./inventory.ts";
import { Tag } from "./text.ts";

/** The scopes that say which devices something applies to by what the devices are, also those that come later. */
export const GROUP_SCOPES = [
  z.strictObject({
    /** All devices. */
    kind: z.literal("organization"),
  }),
  z.strictObject({
    /** The devices of a customer. */
    kind: z.literal("customer"),
    /** Id of the customer. */
    customerId: Id,
  }),
  z.strictObject({
    /** The devices with a tag. */
    kind: z.literal("tag"),
    tag: Tag,
  }),
  z.strictObject({
    /** The devices of a class. */
    kind: z.literal("class"),
    /** Class of the devices, as it was chosen or else detected. */
    deviceClass: DeviceClass,
  }),
] as const;

export const DEVICE_SCOPE = z.strictObject({
  /** One device. */
  kind: z.literal("device"),
  deviceId: Id,
});

/** A group of devices, or one device. */
export const DeviceScope = z.discriminatedUnion("kind", [...GROUP_SCOPES, DEVICE_SCOPE]);
export type DeviceScope = z.infer<typeof DeviceScope>;
