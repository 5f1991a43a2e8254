import { actionsDe } from "./de/actions.messages.ts";
import { alarmRulesDe } from "./de/alarm-rules.messages.ts";
import { alarmPagesDe } from "./de/alarm-pages.messages.ts";
import { alarmsDe } from "./de/alarms.messages.ts";
import { auditDe } from "./de/audit.messages.ts";
import { askingDe } from "./de/asking.messages.ts";
import { availabilityDe } from "./de/availability.messages.ts";
import { channelsDe } from "./de/channels.messages.ts";
import { policiesDe } from "./de/policies.messages.ts";
import { deliveriesDe } from "./de/deliveries.messages.ts";
import { maintenanceDe } from "./de/maintenance.messages.ts";
import { silencesDe } from "./de/silences.messages.ts";
import { pushDe } from "./de/push.messages.ts";
import { watchesDe } from "./de/watches.messages.ts";
import { customersDe } from "./de/customers.messages.ts";
import { deviceDe } from "./de/device.messages.ts";
import { downloadsDe } from "./de/downloads.messages.ts";
import { fleetDe } from "./de/fleet.messages.ts";
import { helpRequestsDe } from "./de/help-requests.messages.ts";
import { sessionDe } from "./de/session.messages.ts";
import { settingsDe } from "./de/settings.messages.ts";
import { shellDe } from "./de/shell.messages.ts";
import { statusPageSettingsDe } from "./de/status-page-settings.messages.ts";
import { statesDe } from "./de/states.messages.ts";
import { wallDe } from "./de/wall.messages.ts";
import type { messagesEn } from "./messages.ts";
import type { Translation } from "./translation.ts";

export const messagesDe: Translation<typeof messagesEn> = {
  shell: shellDe,
  states: statesDe,
  session: sessionDe,
  fleet: fleetDe,
  device: deviceDe,
  availability: availabilityDe,
  customers: customersDe,
  settings: settingsDe,
  channels: channelsDe,
  policies: policiesDe,
  deliveries: deliveriesDe,
  maintenance: maintenanceDe,
  silences: silencesDe,
  push: pushDe,
  watches: watchesDe,
  audit: auditDe,
  downloads: downloadsDe,
  alarms: alarmsDe,
  alarmRules: alarmRulesDe,
  wall: wallDe,
  helpRequests: helpRequestsDe,
  statusPage: statusPageSettingsDe,
  alarmPages: alarmPagesDe,
  actions: { ...actionsDe, ...askingDe },
};
