import type { Translation } from "./translation.ts";
import { actionsEn } from "./en/actions.messages.ts";
import { alarmRulesEn } from "./en/alarm-rules.messages.ts";
import { alarmPagesEn } from "./en/alarm-pages.messages.ts";
import { alarmsEn } from "./en/alarms.messages.ts";
import { auditEn } from "./en/audit.messages.ts";
import { askingEn } from "./en/asking.messages.ts";
import { availabilityEn } from "./en/availability.messages.ts";
import { channelsEn } from "./en/channels.messages.ts";
import { policiesEn } from "./en/policies.messages.ts";
import { deliveriesEn } from "./en/deliveries.messages.ts";
import { maintenanceEn } from "./en/maintenance.messages.ts";
import { silencesEn } from "./en/silences.messages.ts";
import { pushEn } from "./en/push.messages.ts";
import { watchesEn } from "./en/watches.messages.ts";
import { customersEn } from "./en/customers.messages.ts";
import { deviceEn } from "./en/device.messages.ts";
import { downloadsEn } from "./en/downloads.messages.ts";
import { fleetEn } from "./en/fleet.messages.ts";
import { helpRequestsEn } from "./en/help-requests.messages.ts";
import { sessionEn } from "./en/session.messages.ts";
import { settingsEn } from "./en/settings.messages.ts";
import { shellEn } from "./en/shell.messages.ts";
import { statusPageSettingsEn } from "./en/status-page-settings.messages.ts";
import { statesEn } from "./en/states.messages.ts";
import { wallEn } from "./en/wall.messages.ts";

/** English, from which every other language takes its keys. */
export const messagesEn = {
  shell: shellEn,
  states: statesEn,
  session: sessionEn,
  fleet: fleetEn,
  device: deviceEn,
  availability: availabilityEn,
  customers: customersEn,
  settings: settingsEn,
  channels: channelsEn,
  policies: policiesEn,
  deliveries: deliveriesEn,
  maintenance: maintenanceEn,
  silences: silencesEn,
  push: pushEn,
  watches: watchesEn,
  audit: auditEn,
  downloads: downloadsEn,
  alarms: alarmsEn,
  alarmRules: alarmRulesEn,
  wall: wallEn,
  helpRequests: helpRequestsEn,
  statusPage: statusPageSettingsEn,
  alarmPages: alarmPagesEn,
  actions: { ...actionsEn, ...askingEn },
} as const;

export type Messages = Translation<typeof messagesEn>;
