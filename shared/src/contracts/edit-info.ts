import { z } from "zod";
import { Instant } from "./text.ts";

/** Which version of what members enter this is, and who made it. Reports of devices do not change it. */
export const EditInfo = z.object({
  /** Rises with each change of a member. It is the ETag of the resource, and `If-Match` names it. */
  version: z.number().int().min(1),
  /** When a member changed it last; null when nobody has. */
  updatedAt: Instant.nullable(),
  /** Who changed it last; null when nobody has, or when it is not known. */
  updatedBy: z.string().nullable(),
});
export type EditInfo = z.infer<typeof EditInfo>;
