import { z } from "zod";

/** Answer of GET /api/health: 200 when the database answered, 503 when it did not. */
export const ServerHealth = z.object({
  status: z.enum(["ok", "unavailable"]),
  version: z.string(),
  database: z.enum(["ok", "unavailable"]),
});
export type ServerHealth = z.infer<typeof ServerHealth>;
