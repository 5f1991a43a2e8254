import {
  Action,
  ActionBatch,
  ActionBatchPage,
  ActionPage,
  ActionRequesters,
  QueuedActions,
} from "@muster/shared/contracts/action.ts";
import { AlarmInstances, AlarmRuleTrial } from "@muster/shared/contracts/alarm-rule-trial.ts";
import {
  AlarmRule,
  AlarmRulePacks,
  AlarmRules,
  EffectiveAlarmRules,
} from "@muster/shared/contracts/alarm-rule.ts";
import { AlarmDetail, AlarmPage, AlarmSummary } from "@muster/shared/contracts/alarm.ts";
import { AlarmAssignees, AlarmBulkResult } from "@muster/shared/contracts/alarm-change.ts";
import { AuditPage } from "@muster/shared/contracts/audit.ts";
import { AgentOffer, ArtefactList } from "@muster/shared/contracts/artefact.ts";
import { DeviceAvailability, FleetAvailability } from "@muster/shared/contracts/availability.ts";
import {
  Channel,
  Channels,
  ChannelTest,
  CreatedChannel,
  RotatedSecret,
} from "@muster/shared/contracts/channel.ts";
import { Delivery, DeliveryPage } from "@muster/shared/contracts/delivery.ts";
import {
  MaintenanceCalendar,
  MaintenancePreview,
  MaintenanceWindow,
  MaintenanceWindows,
} from "@muster/shared/contracts/maintenance-window.ts";
import { PushSubscription, PushSubscriptions } from "@muster/shared/contracts/push-subscription.ts";
import { Watch, Watches } from "@muster/shared/contracts/watch.ts";
import { Silence, SilenceMatches, Silences } from "@muster/shared/contracts/silence.ts";
import { NotificationPolicies, NotificationPolicy } from "@muster/shared/contracts/notification-policy.ts";
import { NotificationPreview } from "@muster/shared/contracts/notification-preview.ts";
import { DeviceDetail, DeviceFacets, DevicePage, FleetSummary } from "@muster/shared/contracts/device.ts";
import { DeviceEdit } from "@muster/shared/contracts/device-edit.ts";
import { DeviceCount } from "@muster/shared/contracts/device-match.ts";
import { HelpThread } from "@muster/shared/contracts/device-support.ts";
import { EnrolmentToken, EnrolmentTokenCreated } from "@muster/shared/contracts/enrolment.ts";
import { InstallLine, InstallOptions } from "@muster/shared/contracts/install.ts";
import { History, LabelledHistory, Sparklines } from "@muster/shared/contracts/history.ts";
import {
  ApiKey,
  ApiKeyCreated,
  Me,
  Organization,
  SetupState,
  User,
} from "@muster/shared/contracts/identity.ts";
import { pageOf } from "@muster/shared/contracts/page.ts";
import { SavedView, SavedViews } from "@muster/shared/contracts/saved-view.ts";
import {
  PublicStatus,
  StatusIncident,
  StatusIncidents,
  StatusPageSettings,
} from "@muster/shared/contracts/status-page.ts";
import { z } from "zod";
import { CustomerDetail, CustomerPage } from "@muster/shared/contracts/customer.ts";

/** What the server answers, by the name that a request asks for. Loaded in development only; a build uses just the types. */
export const answerSchemas = {
  action: Action,
  actionBatch: ActionBatch,
  actionBatchPage: ActionBatchPage,
  actionPage: ActionPage,
  actionRequesters: ActionRequesters,
  actionsQueued: QueuedActions,
  agentOffer: AgentOffer,
  alarmInstances: AlarmInstances,
  alarmRule: AlarmRule,
  alarmRulePacks: AlarmRulePacks,
  alarmRuleTrial: AlarmRuleTrial,
  alarmRules: AlarmRules,
  alarm: AlarmDetail,
  alarmAssignees: AlarmAssignees,
  alarmBulkResult: AlarmBulkResult,
  alarmPage: AlarmPage,
  alarmSummary: AlarmSummary,
  apiKey: ApiKey,
  apiKeyCreated: ApiKeyCreated,
  apiKeyPage: pageOf(ApiKey),
  artefactList: ArtefactList,
  auditPage: AuditPage,
  channel: Channel,
  channelCreated: CreatedChannel,
  channels: Channels,
  channelTest: ChannelTest,
  customer: CustomerDetail,
  customerPage: CustomerPage,
  delivery: Delivery,
  deliveryPage: DeliveryPage,
  device: DeviceDetail,
  deviceAvailability: DeviceAvailability,
  deviceFacets: DeviceFacets,
  deviceCount: DeviceCount,
  deviceEdit: DeviceEdit,
  devicePage: DevicePage,
  effectiveAlarmRules: EffectiveAlarmRules,
  enrolmentTokenCreated: EnrolmentTokenCreated,
  enrolmentTokenPage: pageOf(EnrolmentToken),
  fleetAvailability: FleetAvailability,
  fleetSummary: FleetSummary,
  history: History,
  installLine: InstallLine,
  installOptions: InstallOptions,
  labelledHistory: LabelledHistory,
  maintenanceCalendar: MaintenanceCalendar,
  maintenancePreview: MaintenancePreview,
  maintenanceWindow: MaintenanceWindow,
  maintenanceWindows: MaintenanceWindows,
  me: Me,
  nothing: z.unknown(),
  notificationPolicies: NotificationPolicies,
  notificationPolicy: NotificationPolicy,
  notificationPreview: NotificationPreview,
  organization: Organization,
  publicStatus: PublicStatus,
  pushSubscription: PushSubscription,
  pushSubscriptions: PushSubscriptions,
  rotatedSecret: RotatedSecret,
  setupState: SetupState,
  silence: Silence,
  silenceMatches: SilenceMatches,
  silences: Silences,
  watch: Watch,
  watches: Watches,
  savedView: SavedView,
  savedViews: SavedViews,
  sparklines: Sparklines,
  statusIncident: StatusIncident,
  statusIncidents: StatusIncidents,
  helpThread: HelpThread,
  statusPage: StatusPageSettings,
  user: User,
  userPage: pageOf(User),
};

export type Answers = { [Name in keyof typeof answerSchemas]: z.infer<(typeof answerSchemas)[Name]> };
