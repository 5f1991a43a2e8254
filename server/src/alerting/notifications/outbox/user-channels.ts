import type { Target } from "./outbox.repository.ts";

/** Stands for the server's own mails to users where a message names a channel. */
export const MAIL_CHANNEL = "mail";
/** Stands for push notifications to browsers of users where a message names a channel. */
export const PUSH_CHANNEL = "push";

const SEPARATOR = "/";

/** A browser of a user as the receiver of a message. */
export function pushTarget({ userId, id }: { userId: string; id: string }): Target {
  return { channel_id: PUSH_CHANNEL, recipient: `${userId}${SEPARATOR}${id}` };
}

/** A user who is told by mail, or in the browser of a push subscription. */
export type UserTarget = { userId: string; subscriptionId: string | null };

/** The user whom a message reaches by mail or in a browser, and the push subscription of that browser; null for all other receivers. */
export function readUserTarget({ channel_id, recipient }: Target): UserTarget | null {
  if (channel_id === MAIL_CHANNEL) return { userId: recipient, subscriptionId: null };
  if (channel_id !== PUSH_CHANNEL) return null;
  const [userId = "", subscriptionId = ""] = recipient.split(SEPARATOR);
  return { userId, subscriptionId };
}
