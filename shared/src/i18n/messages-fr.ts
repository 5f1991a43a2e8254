import { actionsFr } from "./fr/actions.messages.ts";
import { alarmRulesFr } from "./fr/alarm-rules.messages.ts";
import { alarmPagesFr } from "./fr/alarm-pages.messages.ts";
import { alarmsFr } from "./fr/alarms.messages.ts";
import { auditFr } from "./fr/audit.messages.ts";
import { askingFr } from "./fr/asking.messages.ts";
import { availabilityFr } from "./fr/availability.messages.ts";
import { channelsFr } from "./fr/channels.messages.ts";
import { policiesFr } from "./fr/policies.messages.ts";
import { deliveriesFr } from "./fr/deliveries.messages.ts";
import { maintenanceFr } from "./fr/maintenance.messages.ts";
import { silencesFr } from "./fr/silences.messages.ts";
import { pushFr } from "./fr/push.messages.ts";
import { watchesFr } from "./fr/watches.messages.ts";
import { customersFr } from "./fr/customers.messages.ts";
import { deviceFr } from "./fr/device.messages.ts";
import { downloadsFr } from "./fr/downloads.messages.ts";
import { fleetFr } from "./fr/fleet.messages.ts";
import { helpRequestsFr } from "./fr/help-requests.messages.ts";
import { sessionFr } from "./fr/session.messages.ts";
import { settingsFr } from "./fr/settings.messages.ts";
import { shellFr } from "./fr/shell.messages.ts";
import { statusPageSettingsFr } from "./fr/status-page-settings.messages.ts";
import { statesFr } from "./fr/states.messages.ts";
import { wallFr } from "./fr/wall.messages.ts";
import type { messagesEn } from "./messages.ts";
import type { Translation } from "./translation.ts";

export const messagesFr: Translation<typeof messagesEn, "many"> = {
  shell: shellFr,
  states: statesFr,
  session: sessionFr,
  fleet: fleetFr,
  device: deviceFr,
  availability: availabilityFr,
  customers: customersFr,
  settings: settingsFr,
  channels: channelsFr,
  policies: policiesFr,
  deliveries: deliveriesFr,
  maintenance: maintenanceFr,
  silences: silencesFr,
  push: pushFr,
  watches: watchesFr,
  audit: auditFr,
  downloads: downloadsFr,
  alarms: alarmsFr,
  alarmRules: alarmRulesFr,
  wall: wallFr,
  helpRequests: helpRequestsFr,
  statusPage: statusPageSettingsFr,
  alarmPages: alarmPagesFr,
  actions: { ...actionsFr, ...askingFr },
};
