import type { AuditAction, AuditEntry } from "@muster/shared/contracts/audit.ts";
import type { Actor, Identity } from "../identity/index.ts";
import type { Store } from "../platform/database/store.ts";

/** Writes an event that concerns the whole server into the audit log of every organization. */
export async function recordForAll(event: {
  store: Store;
  identity: Identity;
  actor: Actor;
  action: AuditAction;
  /** What was changed; each organization itself when left out. */
  subject?: AuditEntry["subject"];
}): Promise<void> {
  const { store, identity, actor, action } = event;
  const organizations = await identity.organizations.list();
  await store.transaction(async (tx) => {
    for (const { id, name } of organizations) {
      const subject = event.subject ?? { type: "organization", id, name: name ?? "" };
      await identity.audit.record(tx, { orgId: id, actor, action, subject, requestId: null });
    }
  });
}
