import { muteCauseOf } from "@muster/shared/alarms/inhibition.ts";
import type {
  NotificationPreview,
  NotificationPreviewQuery,
} from "@muster/shared/contracts/notification-preview.ts";
import { MusterError } from "../../../platform/errors.ts";
import { toInstant } from "../../../platform/instant.ts";
import type { AddressConfirmations } from "../confirm/address-confirmations.ts";
import type { FindMaintenanceEnd, FindPolicyDevice, FindPolicyRules } from "../notice.ts";
import type { NotificationsContext } from "../notifications-context.ts";
import type { PolicyRow } from "../notifications.tables.ts";
import { isInForce, matchingPolicies, type Policy, type PolicySubject } from "./choose-policy.ts";
import { createPlanNotice, readSubject } from "./plan-notice.ts";
import { readPolicies } from "./policy.repository.ts";
import { toPolicy } from "./policy-row.ts";
import { readRecipientDirectory } from "./preview-recipients.ts";
import { previewSteps } from "./preview-steps.ts";

/** Type of an alarm without a rule. */
const REPORTED = "reported";

/** Says who would be notified of an alarm. Throws `bad-request` for a device that the organization does not have. */
export type PreviewNotifications = (
  orgId: string,
  query: NotificationPreviewQuery,
) => Promise<NotificationPreview>;

type Deps = Pick<NotificationsContext, "store" | "clock"> & {
  findDevice: FindPolicyDevice;
  findMaintenanceEnd: FindMaintenanceEnd;
  findRules: FindPolicyRules;
  confirmations: Pick<AddressConfirmations, "readConfirmed">;
  canSendMail: boolean;
};

export function createPreviewNotifications(deps: Deps): PreviewNotifications {
  const { store, clock, confirmations, canSendMail } = deps;

  return async (orgId, query) => {
    const now = clock.now();
    const at = query.at === null ? now : Date.parse(query.at);
    const device = await readDevice(deps, orgId, query);
    const { customerId } = device;
    const heldUntil = await readHeldUntil(deps, orgId, query, at);
    const alarm = {
      severity: query.severity,
      customer_id: customerId,
      rule_id: query.ruleId,
      device_id: query.deviceId ?? "",
    };
    const notice = { orgId, at: heldUntil ?? at, alarm };
    const findDevice = async () => device;
    const rows = await readPolicies(store.read, orgId);
    const policies = rows.map(toPolicy);
    const subject = await readSubject(findDevice, store.read, notice, policies);
    const plan = await createPlanNotice({ findDevice, canSendMail })(store.read, notice);
    const directory = await readRecipientDirectory(store, confirmations, { orgId, customerId, canSendMail });
    const context = { orgId, customerId, startsAt: notice.at, now, canSendMail };
    const { steps, goesOn } = plan
      ? await previewSteps(store.read, plan, context)
      : { steps: [], goesOn: false };
    const { recipients, escalateTo, escalateAfterMin } = plan?.policy.definition ?? {};
    const named = [recipients, escalateAfterMin === null ? undefined : escalateTo].filter(
      (one) => one !== undefined,
    );
    const targets = new Map(
      steps
        .flatMap((step) => step.targets)
        .map((target) => [`${target.channel_id} ${target.recipient}`, target]),
    );
    return {
      at: toInstant(at),
      heldBack: heldUntil === null ? null : { cause: "maintenance", until: toInstant(heldUntil) },
      policies: verdictsOf(rows, policies, subject, notice.at),
      steps: steps
        .map((step) => ({
          at: toInstant(step.at),
          kind: step.kind,
          recipients: directory.reached(step.targets),
        }))
        .filter((step) => step.recipients.length > 0),
      goesOn,
      unreached: directory.unreached(named, [...targets.values()]),
    };
  };
}

/** What policies look at: the device, or what the query says in its place. */
async function readDevice({ store, findDevice }: Deps, orgId: string, query: NotificationPreviewQuery) {
  const { deviceId, customerId, tags, deviceClass } = query;
  if (deviceId === null) return { tags, deviceClass: deviceClass ?? "", customerId };
  const device = await findDevice(store.read, orgId, deviceId);
  if (device) return device;
  throw new MusterError("bad-request", "There is no such device.", {
    details: [{ path: "deviceId", message: "must be the id of a device of the organization" }],
  });
}

/** Until when maintenance keeps an alarm quiet that opens at `at`; null when it does not. */
async function readHeldUntil(
  { store, findMaintenanceEnd, findRules }: Deps,
  orgId: string,
  { deviceId, ruleId }: NotificationPreviewQuery,
  at: number,
): Promise<number | null> {
  if (deviceId === null) return null;
  const end = await findMaintenanceEnd(store.read, orgId, deviceId, at);
  if (end === null) return null;
  const rules = ruleId === null ? null : await findRules(store.read, orgId, [ruleId]);
  const type = rules?.get(ruleId ?? "")?.type ?? REPORTED;
  const nothing = { isSilenced: false, hasOfflineAlarm: false, isInOutage: false, lacksDependency: false };
  return muteCauseOf(type, { ...nothing, isInMaintenance: true }) === "maintenance" ? end : null;
}

function verdictsOf(
  rows: readonly PolicyRow[],
  policies: readonly Policy[],
  subject: PolicySubject,
  at: number,
): NotificationPreview["policies"] {
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  const matching = matchingPolicies(policies, subject);
  const deciding = matching.find((policy) => isInForce(policy, at));
  return matching.map((policy) => ({
    id: policy.id,
    name: names.get(policy.id ?? "") ?? "",
    verdict: verdictOf(policy, deciding, at),
  }));
}

function verdictOf(policy: Policy, deciding: Policy | undefined, at: number) {
  if (policy === deciding) return "decides";
  if (!policy.isEnabled) return "off";
  return isInForce(policy, at) ? "not-reached" : "outside-hours";
}
