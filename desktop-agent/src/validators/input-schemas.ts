import { MAX_EXCLUDED_MOUNTS } from "@muster/shared/protocol/agent-protocol.ts";
import { z } from "zod";

/*
 * What local programs, administrators and signed orders say. `npm run generate` makes the validators of it.
 */

export { ActionOrder } from "@muster/shared/contracts/action-delivery.ts";
export { LocalRequest } from "@muster/shared/contracts/local-agent.ts";

/** Types of actions that an administrator lets happen on this machine. */
export const AllowedActions = z.strictObject({ allowed: z.array(z.string()) });

const text = z.string().min(1).nullable();

const MountPattern = z
  .string()
  .max(400)
  .regex(/^(\/|[A-Za-z]:)[^*]*\*?$/);

const Settings = z.strictObject({
  server: text,
  /** Seconds between reports, whatever the server requests. */
  intervalS: z.number().min(1).max(86_400).nullable(),
  logLevel: z.enum(["debug", "info", "warn", "error"]),
  logFile: text,
  caFile: text,
  pin: text,
  /** The proxy on the way to the server; may hold a password. Null: as HTTPS_PROXY and HTTP_PROXY say. */
  proxy: text,
  insecureHttp: z.boolean(),
  /** File systems that are not monitored: mount points, or beginnings that end with `*`. */
  excludedMounts: z.array(MountPattern).max(MAX_EXCLUDED_MOUNTS),
  enrolmentToken: text,
});
/** Settings of the environment and the configuration file; null where neither sets one. */
export type Settings = z.infer<typeof Settings>;
/** Those that are set. */
export const GivenSettings = Settings.partial();
