import { z } from "zod";
import { Id } from "../ids.ts";
import { Instant, name } from "./text.ts";

/** Browsers of one user that may get push notifications at a time. */
export const MAX_PUSH_SUBSCRIPTIONS = 10;

const base64url = (bytes: number) =>
  z.base64url().length(Math.ceil((bytes * 4) / 3), `must be ${bytes} bytes in base64url without padding`);

/** A browser that is to get push notifications: what its `PushSubscription` says, and a name for people. */
export const NewPushSubscription = z.strictObject({
  /** Address at the push service of the browser. Whoever knows it can send there. */
  endpoint: z.url().max(2_000),
  /** The keys with which messages for the browser are encrypted (RFC 8291), in base64url. */
  keys: z.strictObject({
    /** Public key, an uncompressed point of P-256. */
    p256dh: base64url(65),
    /** Secret that authenticates messages. */
    auth: base64url(16),
  }),
  /** How the browser is called in lists. */
  name: name(100),
});
export type NewPushSubscription = z.infer<typeof NewPushSubscription>;

/** A browser that gets push notifications. */
export const PushSubscription = z.object({
  id: Id,
  /** How the browser is called in lists. */
  name: z.string(),
  /** SHA-256 of the address at the push service, in hexadecimal: by it a browser recognises itself. */
  endpointHash: z.string(),
  /** When the user chose it. */
  createdAt: Instant,
  /** When its push service last accepted a message; null when it has accepted none. */
  lastSentAt: Instant.nullable(),
});
export type PushSubscription = z.infer<typeof PushSubscription>;

/** The browsers of the caller that get push notifications. */
export const PushSubscriptions = z.object({
  /** The browsers, the newest first. */
  items: z.array(PushSubscription),
  /** Key of the server for `applicationServerKey` (RFC 8292): an uncompressed point of P-256 in base64url. */
  publicKey: z.string(),
});
export type PushSubscriptions = z.infer<typeof PushSubscriptions>;
