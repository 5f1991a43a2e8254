/*
 * What a service and the person's own programs say to each other on one machine: one JSON object per line, UTF-8. A request carries
 * `v`, an `id` of the asker's choosing, a verb and its fields; its answer carries the same `id`. After `watch` the view comes by itself.
 */

/** The version of the local wire. Each message carries it; another one is refused. */
export const LOCAL_PROTOCOL_VERSION = 1;
/** Bytes of one message to the agent, its line end included. */
export const MAX_LOCAL_REQUEST_BYTES = 16_384;
/** Bytes of one message from the agent, its line end included. */
export const MAX_LOCAL_ANSWER_BYTES = 4_194_304;
/** Bytes of the log in one part. */
export const MAX_LOG_CHUNK_BYTES = 262_144;
/** A person's program says something at least this often, or is taken for gone after three times as long. */
export const LOCAL_KEEPALIVE_MS = 60_000;

export const LOCAL_VERBS = [
  "read",
  "watch",
  "check",
  "pause",
  "resume",
  "acknowledge",
  "postpone",
  "ask",
  "reply",
  "close",
  "mark-read",
] as const;

/** What can be read without any field. */
export const LOCAL_RESOURCES = ["view", "hour", "messages", "seen", "record", "support"] as const;
export type LocalResource = (typeof LOCAL_RESOURCES)[number];

/** Why a message was not taken. `failed`: it was, and the agent could not do it. */
export const LOCAL_ERROR_CODES = [
  "malformed",
  "version",
  "unknown-verb",
  "too-long",
  "too-many-connections",
  "failed",
] as const;
export type LocalErrorCode = (typeof LOCAL_ERROR_CODES)[number];
