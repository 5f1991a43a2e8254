import { z } from "zod";
import { Id } from "../ids.ts";
import { DeviceClass } from "./inventory.ts";
import { Tag } from "./text.ts";

/** Devices that one scope can name. */
const MAX_SCOPE_DEVICES = 500;

/** Which devices of an organization something applies to, also those that come later. */
export const DeviceScope = z.discriminatedUnion("kind", [
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
  z.strictObject({
    /** Single devices. */
    kind: z.literal("devices"),
    /** Ids of the devices. */
    deviceIds: z.array(Id).min(1, "must name at least one device").max(MAX_SCOPE_DEVICES),
  }),
]);
export type DeviceScope = z.infer<typeof DeviceScope>;
