import type { Audit } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { MakeId } from "../../platform/crypto/ids.ts";
import type { Store } from "../../platform/database/store.ts";
import type { GuardedClient } from "../../platform/http-client/guarded-client.ts";
import type { Route } from "../../platform/http/route.ts";
import type { Job } from "../../platform/jobs/job.ts";
import type { RetentionClock } from "../../platform/jobs/retention-clock.ts";
import type { Logger } from "../../platform/logging/logger.ts";
import { createAcknowledgeLinks } from "./acknowledge/acknowledge-links.ts";
import { createAcknowledgeRoutes } from "./acknowledge/acknowledge.routes.ts";
import { type Acknowledge, createAcknowledgeByLink } from "./acknowledge/acknowledge.service.ts";
import { createChannelVault } from "./channels/channel-secrets.ts";
import { createTestChannel } from "./channels/channel-test.ts";
import { createChannelRoutes } from "./channels/channel.routes.ts";
import { createChannelService } from "./channels/channel.service.ts";
import { createSendTickets } from "./tickets/send-tickets.ts";
import { createSendMail, createSendOverChannel } from "./channels/send-over-channel.ts";
import { createAddressConfirmations } from "./confirm/address-confirmations.ts";
import { createConfirmAddressRoutes } from "./confirm/confirm-address.routes.ts";
import { createDeliveryRoutes } from "./deliveries/delivery.routes.ts";
import { createDeliveryService } from "./deliveries/delivery.service.ts";
import { createMailer, type MailSettings } from "./mail/mailer.ts";
import type {
  DescribeAlarm,
  FindAlarm,
  FindMaintenanceEnd,
  IsMuted,
  FindNames,
  FindPolicyDevice,
  FindPolicyRules,
} from "./notice.ts";
import type { NotificationsContext } from "./notifications-context.ts";
import { createNotify, type Notify } from "./notify.ts";
import { createHeartbeatJob, createOutboxCleanUpJob, createOutboxJob } from "./outbox/outbox.jobs.ts";
import { readUserTargets } from "./outbox/user-targets.ts";
import { createOutboxWorker, type OutboxWorker } from "./outbox/outbox-worker.ts";
import { createPlanDelivery } from "./outbox/plan-delivery.ts";
import { createPrepareMessage } from "./outbox/prepare-message.ts";
import { createSendMessage, type OutboxFaultPoint } from "./outbox/send-message.ts";
import { createPlanNote, type PlanNote } from "./notes/plan-note.ts";
import { createPushParts } from "./push/index.ts";
import { createFollowUpsJob } from "./policies/follow-ups.job.ts";
import { createPlanNotice } from "./policies/plan-notice.ts";
import { createPolicyRoutes } from "./policies/policy.routes.ts";
import { createPolicyService } from "./policies/policy.service.ts";
import { createPreviewNotifications } from "./policies/preview.service.ts";

export type { NoticeAlarm } from "./notice.ts";
export type { Acknowledge } from "./acknowledge/acknowledge.service.ts";
export type { PlanNote } from "./notes/plan-note.ts";
export type { DescribeAlarm } from "./notice.ts";
export type { Notify } from "./notify.ts";
export { hasPoliciesOf, moveNotifications } from "./policies/move-customer.ts";
export { MAIL_CHANNEL, PUSH_CHANNEL } from "./outbox/user-channels.ts";
export { deletePushSubscriptionsOfUser } from "./push/push-subscription.system-repository.ts";
export { dropUnfinishedNotifications } from "./outbox/drop-unfinished-notifications.ts";
export { OUTBOX_FAULT_POINTS, type OutboxFaultPoint } from "./outbox/send-message.ts";

export type NotificationsDeps = {
  store: Store;
  clock: Clock;
  makeId: MakeId;
  log: Logger;
  audit: Pick<Audit, "record">;
  retentionClock: Pick<RetentionClock, "advance">;
  seal(secret: Buffer, context: string): Buffer;
  unseal(sealed: Buffer, context: string): Buffer;
  /** Makes the tokens of acknowledge links. */
  linkKey: Buffer;
  /** Makes the keys by which push services recognise the server. */
  pushKey: Buffer;
  /** For every address that an organization configures. */
  client: GuardedClient;
  /** Null when the server sends no mails. */
  mail: MailSettings | null;
  publicUrl: string;
  /** Null for no heartbeat. */
  heartbeatUrl: string | null;
  findAlarm: FindAlarm;
  describeAlarm: DescribeAlarm;
  findDevice: FindPolicyDevice;
  findMaintenanceEnd: FindMaintenanceEnd;
  findCustomers: FindNames;
  findRules: FindPolicyRules;
  acknowledge: Acknowledge;
  /** Whether something keeps an alarm quiet. */
  isMuted: IsMuted;
  /** From 0 to 1. */
  random?: () => number;
  /** For tests that kill the process. */
  atFaultPoint?: (point: OutboxFaultPoint) => void;
};

export type IsReachable = (member: { orgId: string; userId: string }) => Promise<boolean>;

export type Notifications = {
  routes: Route[];
  jobs: Job[];
  /** Plans who is told of an event, in its transaction. */
  notify: Notify;
  /** Plans to tell a user what is no event of an alarm. */
  planNote: PlanNote;
  /** Whether a user can be told by mail or in a browser. */
  isReachable: IsReachable;
  outbox: OutboxWorker;
  /** Waits for messages that are being sent, and closes the connections to the mail server. */
  stop(): Promise<void>;
};

/** Tells people of alarms: policies choose whom, channels how, and the outbox sees to it. */
export function createNotifications(deps: NotificationsDeps): Notifications {
  const {
    store,
    clock,
    makeId,
    log,
    publicUrl,
    findAlarm,
    client,
    heartbeatUrl,
    random = Math.random,
  } = deps;
  const { now } = clock;
  const mailer = deps.mail && createMailer(deps.mail);
  const vault = createChannelVault(deps);
  const context: NotificationsContext = { store, clock, makeId, audit: deps.audit, vault, client, mailer };
  const sendMail = createSendMail(mailer);
  const confirmations = createAddressConfirmations({ store, now, publicUrl, key: deps.linkKey });
  const sendOverChannel = createSendOverChannel({
    client,
    sendMail,
    vault,
    confirmations,
    sendTickets: createSendTickets({ store, client }),
    now,
  });
  const push = createPushParts({ ...deps, ...context, publicUrl });
  const links = createAcknowledgeLinks({ store, now, publicUrl, key: deps.linkKey });
  const planDelivery = createPlanDelivery({ now, makeId });
  const canSendMail = mailer !== null;
  const prepareMessage = createPrepareMessage({
    ...deps,
    now,
    links,
    sendMail,
    sendOverChannel,
    sendPush: push.sendPush,
  });
  const { atFaultPoint } = deps;
  const sendMessage = createSendMessage({
    store,
    now,
    makeId,
    log,
    random,
    prepareMessage,
    ...(atFaultPoint && { atFaultPoint }),
  });
  const outbox = createOutboxWorker({ store, now, log, sendMessage });

  return {
    routes: [
      ...createChannelRoutes(
        createChannelService({ ...context, confirmations }),
        createTestChannel(context, { publicUrl, sendOverChannel }),
      ),
      ...createPolicyRoutes(
        createPolicyService({ ...deps, ...context }),
        createPreviewNotifications({ ...deps, confirmations, canSendMail }),
      ),
      ...createDeliveryRoutes(
        createDeliveryService({ ...context, findAlarm, describeAlarm: deps.describeAlarm }),
      ),
      ...push.routes,
      ...createConfirmAddressRoutes(confirmations),
      ...createAcknowledgeRoutes(createAcknowledgeByLink({ ...deps, links })),
    ],
    jobs: [
      createOutboxJob({ store, now, worker: outbox }),
      createFollowUpsJob({ ...deps, now, planDelivery, canSendMail }),
      createOutboxCleanUpJob(deps),
      ...(heartbeatUrl === null ? [] : [createHeartbeatJob({ store, clock, log, url: heartbeatUrl })]),
    ],
    notify: createNotify({
      now,
      makeId,
      planDelivery,
      planNotice: createPlanNotice({ findDevice: deps.findDevice, canSendMail }),
    }),
    planNote: createPlanNote({ now, makeId, canSendMail }),
    isReachable: async (member) => (await readUserTargets(store.read, member, canSendMail)).length > 0,
    outbox,
    async stop() {
      await outbox.stop();
      mailer?.close();
    },
  };
}
