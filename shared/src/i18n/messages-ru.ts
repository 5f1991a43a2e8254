import { actionsRu } from "./ru/actions.messages.ts";
import { alarmRulesRu } from "./ru/alarm-rules.messages.ts";
import { alarmPagesRu } from "./ru/alarm-pages.messages.ts";
import { alarmsRu } from "./ru/alarms.messages.ts";
import { auditRu } from "./ru/audit.messages.ts";
import { askingRu } from "./ru/asking.messages.ts";
import { availabilityRu } from "./ru/availability.messages.ts";
import { channelsRu } from "./ru/channels.messages.ts";
import { policiesRu } from "./ru/policies.messages.ts";
import { deliveriesRu } from "./ru/deliveries.messages.ts";
import { maintenanceRu } from "./ru/maintenance.messages.ts";
import { silencesRu } from "./ru/silences.messages.ts";
import { pushRu } from "./ru/push.messages.ts";
import { watchesRu } from "./ru/watches.messages.ts";
import { customersRu } from "./ru/customers.messages.ts";
import { deviceRu } from "./ru/device.messages.ts";
import { downloadsRu } from "./ru/downloads.messages.ts";
import { fleetRu } from "./ru/fleet.messages.ts";
import { helpRequestsRu } from "./ru/help-requests.messages.ts";
import { sessionRu } from "./ru/session.messages.ts";
import { settingsRu } from "./ru/settings.messages.ts";
import { shellRu } from "./ru/shell.messages.ts";
import { statusPageSettingsRu } from "./ru/status-page-settings.messages.ts";
import { statesRu } from "./ru/states.messages.ts";
import { wallRu } from "./ru/wall.messages.ts";
import type { messagesEn } from "./messages.ts";
import type { Translation } from "./translation.ts";

export const messagesRu: Translation<typeof messagesEn, "few" | "many"> = {
  shell: shellRu,
  states: statesRu,
  session: sessionRu,
  fleet: fleetRu,
  device: deviceRu,
  availability: availabilityRu,
  customers: customersRu,
  settings: settingsRu,
  channels: channelsRu,
  policies: policiesRu,
  deliveries: deliveriesRu,
  maintenance: maintenanceRu,
  silences: silencesRu,
  push: pushRu,
  watches: watchesRu,
  audit: auditRu,
  downloads: downloadsRu,
  alarms: alarmsRu,
  alarmRules: alarmRulesRu,
  wall: wallRu,
  helpRequests: helpRequestsRu,
  statusPage: statusPageSettingsRu,
  alarmPages: alarmPagesRu,
  actions: { ...actionsRu, ...askingRu },
};
