/**
 * Hints that something changed: ids only, never the thing itself. They may be lost or doubled, so a listener reads the data again, and
 * work that must happen is stored in rows. Topics:
 * - device.changed: ids of devices whose row on the fleet page may differ
 * - device.removed: ids of devices that left the list
 * - credential.changed: sessions, keys or devices lost rights; ids of the credentials' owners
 * - organization.changed: settings or name
 * - action.queued: ids of devices with waiting actions, or with a cancellation to answer
 * - action.changed: ids of actions whose state or steps changed
 * - alarm.changed: ids of alarms that were opened, changed or ended
 */
export type Topic =
  | "device.changed"
  | "device.removed"
  | "credential.changed"
  | "organization.changed"
  | "action.queued"
  | "action.changed"
  | "alarm.changed";

export type Hint = { topic: Topic; orgId: string; ids: readonly string[] };

export interface EventBus {
  /** Notifies this process immediately and the other servers of the same database within a second. */
  publish(hint: Hint): void;
  /** Calls `listener` for hints of `topic`, from this and other servers. Returns a function that stops it. */
  subscribe(topic: Topic, listener: (hint: Hint) => void): () => void;
  /** Calls `listener` after the connection to the other servers was lost and is back: hints may be missing. */
  onResync(listener: () => void): () => void;
  /** The present position in the hints of an organization. What is read after this call contains what all hints up to it are about. */
  positionOf(orgId: string): string;
  /** The hints of an organization after a position; null when it is not known, or too much happened since. */
  since(orgId: string, position: string): readonly Hint[] | null;
  close(): Promise<void>;
}
