import { actionsEs } from "./es/actions.messages.ts";
import { alarmRulesEs } from "./es/alarm-rules.messages.ts";
import { alarmPagesEs } from "./es/alarm-pages.messages.ts";
import { alarmsEs } from "./es/alarms.messages.ts";
import { auditEs } from "./es/audit.messages.ts";
import { askingEs } from "./es/asking.messages.ts";
import { availabilityEs } from "./es/availability.messages.ts";
import { channelsEs } from "./es/channels.messages.ts";
import { policiesEs } from "./es/policies.messages.ts";
import { deliveriesEs } from "./es/deliveries.messages.ts";
import { maintenanceEs } from "./es/maintenance.messages.ts";
import { silencesEs } from "./es/silences.messages.ts";
import { pushEs } from "./es/push.messages.ts";
import { watchesEs } from "./es/watches.messages.ts";
import { customersEs } from "./es/customers.messages.ts";
import { deviceEs } from "./es/device.messages.ts";
import { downloadsEs } from "./es/downloads.messages.ts";
import { fleetEs } from "./es/fleet.messages.ts";
import { helpRequestsEs } from "./es/help-requests.messages.ts";
import { sessionEs } from "./es/session.messages.ts";
import { settingsEs } from "./es/settings.messages.ts";
import { shellEs } from "./es/shell.messages.ts";
import { statusPageSettingsEs } from "./es/status-page-settings.messages.ts";
import { statesEs } from "./es/states.messages.ts";
import { wallEs } from "./es/wall.messages.ts";
import type { messagesEn } from "./messages.ts";
import type { Translation } from "./translation.ts";

export const messagesEs: Translation<typeof messagesEn, "many"> = {
  shell: shellEs,
  states: statesEs,
  session: sessionEs,
  fleet: fleetEs,
  device: deviceEs,
  availability: availabilityEs,
  customers: customersEs,
  settings: settingsEs,
  channels: channelsEs,
  policies: policiesEs,
  deliveries: deliveriesEs,
  maintenance: maintenanceEs,
  silences: silencesEs,
  push: pushEs,
  watches: watchesEs,
  audit: auditEs,
  downloads: downloadsEs,
  alarms: alarmsEs,
  alarmRules: alarmRulesEs,
  wall: wallEs,
  helpRequests: helpRequestsEs,
  statusPage: statusPageSettingsEs,
  alarmPages: alarmPagesEs,
  actions: { ...actionsEs, ...askingEs },
};
