import { z } from "zod";
import { Id } from "../ids.ts";

/** Id of one sequence of report numbers. */
export const Epoch = z.string().regex(/^[0-9a-z]{6,16}$/, "must be 6 to 16 lower-case letters or digits");

/** The last report number of a device that the server knows. The agent returns `nonce` in a signed change within ten minutes. */
export const Numbering = z.object({
  /** Epoch that the server knows. */
  epoch: z.string().min(1),
  /** Last number that the server stored. */
  sequence: z.number().int().min(0),
  /** Random text, which proves that the change answers this request. */
  nonce: z.string().min(1).max(200),
});
export type Numbering = z.infer<typeof Numbering>;

/** What a device signs to begin a new epoch after the server answered "behind". */
export const EpochChange = z.strictObject({
  says: z.literal("epoch"),
  deviceId: Id,
  from: z.strictObject({ epoch: z.string().max(16), sequence: z.number().int().min(0) }),
  to: Epoch,
  nonce: z.string().max(200),
});
export type EpochChange = z.infer<typeof EpochChange>;
