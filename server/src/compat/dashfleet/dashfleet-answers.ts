import { z } from "zod";

/** An answer without content. */
export const DashfleetOk = z.object({
  /** Always true. */
  ok: z.literal(true),
});

/** Answer to a keepalive. */
export const DashfleetPong = DashfleetOk.extend({
  /** Epoch seconds of the server's clock. */
  timestamp: z.number(),
  /** Seconds that the server's clock is ahead of the machine's. */
  server_time_offset: z.number(),
});

/** How many machines there are. */
export const DashfleetCount = DashfleetOk.extend({
  /** Number of machines. */
  count: z.number().int(),
});

/** Answer to a change of a machine. */
export const DashfleetMachineStatus = DashfleetOk.extend({
  /** Status of the machine. */
  status: z.enum(["ONLINE", "OFFLINE", "DELETED"]),
});

/** Answer to the removal of a machine. */
export const DashfleetPurged = DashfleetOk.extend({
  /** Always true. */
  purged: z.literal(true),
});

/** Answer to a queued action. */
export const DashfleetQueued = DashfleetOk.extend({
  /** Id of the action. */
  action_id: z.string(),
});

/** Answer to a sign-in. */
export const DashfleetSignedIn = DashfleetOk.extend({
  /** Seconds until the cookie expires. */
  expires_in: z.number(),
});

/** An organization that was created. */
export const DashfleetOrganizationCreated = z.object({
  /** Id of the organization. */
  org_id: z.string(),
  /** Secret of its key. */
  api_key: z.string(),
  /** Name of the organization. */
  name: z.string(),
  /** Role of the key. */
  role: z.string(),
});

/** The organization of a key. */
export const DashfleetOrganizations = z.object({
  /** Number of organizations: always 1. */
  count: z.number().int(),
  /** The organizations. */
  orgs: z.array(
    z.object({
      /** Id of the organization. */
      org_id: z.string(),
      /** Name of the organization. */
      name: z.string(),
      /** Keys of the organization. */
      keys: z.array(
        z.object({
          /** First characters of the key. */
          key_masked: z.string(),
          /** Epoch seconds of its creation. */
          created_at: z.number(),
          /** True when it no longer works. */
          revoked: z.boolean(),
        }),
      ),
    }),
  ),
});

/** Answer to the revocation of a key. */
export const DashfleetRevoked = DashfleetOk.extend({
  /** Always true. */
  revoked: z.literal(true),
});

/** Why a route no longer exists. */
export const DashfleetGone = z.object({
  /** The reason as a sentence. */
  error: z.string(),
});
