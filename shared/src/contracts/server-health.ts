import { z } from "zod";

/** Answer of GET /api/health: 200 when the database answered, 503 when it did not. */
export const ServerHealth = z.object({
  /** Whether the server can answer requests. */
  status: z.enum(["ok", "unavailable"]),
  /** The same in the terms of Kraliki's server, for its scripts; absent in older servers. */
  health: z.enum(["healthy", "unhealthy"]).optional(),
  /** Version of the server. */
  version: z.string(),
  /** Whether the database answers. */
  database: z.enum(["ok", "unavailable"]),
});
export type ServerHealth = z.infer<typeof ServerHealth>;
