/** Version of what an agent and a server say to each other. Raised when an older reader would misunderstand. */
export const PROTOCOL_VERSION = 1;

/** Paths that the agent calls; all below the server's base URL. */
export const AGENT_PATHS = {
  enrol: "/api/v1/agent/enrol",
  /** Says whether a token would be taken, and uses nothing of it. */
  enrolCheck: "/api/v1/agent/enrol-check",
  report: "/api/v1/agent/report",
  leave: "/api/v1/agent/leave",
  /** Says, signed by the pinned authority, that the server now has a certificate that systems trust. */
  trustChange: "/api/v1/agent/trust-change",
  stream: "/api/v1/agent/stream",
  claim: "/api/v1/agent/actions/claim",
  /** The device's record of its actions; followed by an action's id and `/start`, `/progress` or `/result`. */
  actions: "/api/v1/agent/actions",
  /** Whom to ask, open alarms of this device, and its help requests. */
  support: "/api/v1/agent/support",
  /** Asks for help; followed by the request's id and `/messages`, `/close` or `/receipts`. */
  helpRequests: "/api/v1/agent/help-requests",
} as const;

/** Header by which a browser says which of its organizations a request is for; absent means the session's last one. */
export const ORGANIZATION_HEADER = "muster-organization";
/** Environment variable by which an enrolment token reaches `muster-agent enrol`: arguments are seen by every process. */
export const ENROLMENT_TOKEN_VARIABLE = "MUSTER_ENROL_TOKEN";

/** Header that carries the request id, in the answer of every request. */
export const REQUEST_ID_HEADER = "x-request-id";

/** Seconds between two reports unless the organization chose otherwise. */
export const DEFAULT_REPORT_INTERVAL_S = 30;
/** Seconds between two heartbeats of an agent that its user paused. */
export const PAUSED_HEARTBEAT_S = 300;
/** A sample older than this at the server's clock is refused. */
export const MAX_SAMPLE_AGE_MS = 73 * 3_600_000;
/** A sample further in the future than this at the server's clock is refused. */
export const MAX_SAMPLE_LEAD_MS = 2 * 60_000;
/** Samples in one report at most; the live lane carries one. */
export const MAX_SAMPLES_PER_REPORT = 500;
/** Mount points that are excluded from monitoring: on one machine, and for one device by its organization. */
export const MAX_EXCLUDED_MOUNTS = 50;
/** Actions that one claim hands out at most; after a full one the device claims again. */
export const MAX_ACTIONS_PER_CLAIM = 10;
/** Bytes of one report at most, after decompression. */
export const MAX_REPORT_BYTES = 1_048_576;

/**
 * Header of a report that is sent again with the same bytes: the device clock at this attempt, epoch milliseconds. It stands in for
 * the body's `sentAt` when the clock's offset is measured, since that one tells when the report was first sent.
 */
export const RESENT_AT_HEADER = "muster-resent-at";
