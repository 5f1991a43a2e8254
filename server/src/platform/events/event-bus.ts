/**
 * Hints that something changed: ids only, never the thing itself. They may be lost or doubled, so a listener reads again and
 * what must happen goes through rows. Topics:
 * - device.changed: ids of devices whose row on the fleet page may differ
 * - device.removed: ids of devices that are no longer listed
 * - credential.changed: sessions, keys or devices lost rights; ids of the credentials' owners
 * - organization.changed: settings or name
 * - action.queued: ids of devices that have work waiting, or a cancel to answer
 * - action.changed: ids of actions whose state or steps changed
 */
export type Topic =
  | "device.changed"
  | "device.removed"
  | "credential.changed"
  | "organization.changed"
  | "action.queued"
  | "action.changed";

export type Hint = { topic: Topic; orgId: string; ids: readonly string[] };

export interface EventBus {
  /** Tells this process at once and the other servers of the same database within a second. */
  publish(hint: Hint): void;
  /** Calls `listener` for hints of `topic`, from this and other servers. Returns how to stop. */
  subscribe(topic: Topic, listener: (hint: Hint) => void): () => void;
  /** Calls `listener` after the connection to the other servers was lost and found: hints may be missing. */
  onResync(listener: () => void): () => void;
  close(): Promise<void>;
}
