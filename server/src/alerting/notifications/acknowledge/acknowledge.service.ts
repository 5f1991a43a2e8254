import type { Language } from "@muster/shared/i18n/languages.ts";
import { type ChangedBy, type MemberContact, readMemberContacts } from "../../../identity/index.ts";
import type { Store } from "../../../platform/database/store.ts";
import { MusterError } from "../../../platform/errors.ts";
import { hasRole } from "../../../platform/http/access.ts";
import { reaches, type Tenant } from "../../../platform/tenant.ts";
import type { DescribeAlarm, FindAlarm, NoticeAlarm } from "../notice.ts";
import type { AcknowledgeLinks } from "./acknowledge-links.ts";
import type { AcknowledgeView } from "./acknowledge-page.ts";

/** Acknowledges an alarm as a member does in the dashboard. */
export type Acknowledge = (
  tenant: Tenant,
  alarmId: string,
  by: ChangedBy,
  options: { note: string | null },
) => Promise<unknown>;

/** What a link from a mail shows and does. */
export type AcknowledgeByLink = {
  show(token: string, language: Language): Promise<AcknowledgeView>;
  /** Acknowledges in the name of the link's user; a second time changes nothing. */
  act(token: string, language: Language, requestId: string): Promise<AcknowledgeView>;
};

export function createAcknowledgeByLink(deps: {
  store: Store;
  links: AcknowledgeLinks;
  findAlarm: FindAlarm;
  describeAlarm: DescribeAlarm;
  acknowledge: Acknowledge;
}): AcknowledgeByLink {
  const { store, links, findAlarm, describeAlarm, acknowledge } = deps;

  /** The alarm of a link and its user, as long as that user may acknowledge it. */
  async function open(token: string): Promise<{ alarm: NoticeAlarm; user: MemberContact } | null> {
    const link = await links.find(token);
    if (!link) return null;
    const contacts = await readMemberContacts(store.read, link.org_id);
    const user = contacts.find(({ userId }) => userId === link.user_id);
    const alarm = await findAlarm(store.read, link.org_id, link.alarm_id);
    if (!user || !alarm || !hasRole(user.role, "operator")) return null;
    const tenant = { orgId: link.org_id, customerIds: user.customerIds };
    return reaches(tenant, alarm.customer_id) ? { alarm, user } : null;
  }

  function viewOf(alarm: NoticeAlarm, user: MemberContact, language: Language): AcknowledgeView {
    const { title, sentence } = describeAlarm(alarm, language);
    const texts = { title, sentence, openedAt: alarm.opened_at };
    if (alarm.ended_at !== null) return { state: "over", ...texts };
    if (alarm.acknowledged_at === null) return { state: "ask", ...texts };
    const by = alarm.acknowledged_by ?? "";
    return by === user.name ? { state: "done", ...texts } : { state: "already", ...texts, by };
  }

  async function show(token: string, language: Language): Promise<AcknowledgeView> {
    const opened = await open(token);
    return opened === null ? { state: "invalid" } : viewOf(opened.alarm, opened.user, language);
  }

  return {
    show,
    async act(token, language, requestId) {
      const opened = await open(token);
      if (opened === null) return { state: "invalid" };
      const { alarm, user } = opened;
      if (alarm.ended_at === null && alarm.acknowledged_at === null) {
        const tenant = { orgId: alarm.org_id, customerIds: user.customerIds };
        const actor = { type: "user", id: user.userId, name: user.name } as const;
        await acknowledge(tenant, alarm.id, { actor, requestId }, { note: null }).catch((error: unknown) => {
          // Somebody else was faster, or the alarm has just ended: the page tells which.
          if (!(error instanceof MusterError && error.code === "conflict")) throw error;
        });
      }
      return show(token, language);
    },
  };
}
