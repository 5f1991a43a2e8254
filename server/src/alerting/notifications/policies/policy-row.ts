import { type NotificationPolicy, PolicyDefinition } from "@muster/shared/contracts/notification-policy.ts";
import { toEditInfo } from "../../../platform/edit-version.ts";
import type { PolicyRow } from "../notifications.tables.ts";
import type { Policy } from "./choose-policy.ts";

export function definitionOf({ definition }: Pick<PolicyRow, "definition">): PolicyDefinition {
  return PolicyDefinition.parse(JSON.parse(definition));
}

/** The policy as `choosePolicy` needs it. */
export function toPolicy(row: PolicyRow): Policy {
  return { id: row.id, isEnabled: row.is_enabled === 1, definition: definitionOf(row) };
}

/** The policy as members see it. */
export function toNotificationPolicy(row: PolicyRow): NotificationPolicy {
  const { id, name, is_enabled } = row;
  return { id, name, isEnabled: is_enabled === 1, ...definitionOf(row), ...toEditInfo(row) };
}
