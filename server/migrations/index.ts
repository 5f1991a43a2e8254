import type { Migration } from "../src/platform/database/migration.ts";
import { serverSettings } from "./0000-server-settings.ts";
import { organizations } from "./0001-organizations.ts";
import { people } from "./0002-people.ts";
import { sessions } from "./0003-sessions.ts";
import { loginThrottles } from "./0004-login-throttles.ts";
import { apiKeys } from "./0005-api-keys.ts";
import { enrolmentTokens } from "./0006-enrolment-tokens.ts";
import { deviceCredentials } from "./0007-device-credentials.ts";
import { audit } from "./0008-audit.ts";
import { setupLinks } from "./0009-setup-links.ts";
import { devices } from "./0010-devices.ts";
import { deviceState } from "./0011-device-state.ts";
import { deviceDetails } from "./0012-device-details.ts";
import { presence } from "./0013-presence.ts";
import { deviceIndexes } from "./0014-device-indexes.ts";
import { journal } from "./0020-journal.ts";
import { history } from "./0021-history.ts";
import { actions } from "./0030-actions.ts";
import { compatKeys } from "./0031-compat-keys.ts";
import { olderDevices } from "./0032-older-devices.ts";
import { olderActions } from "./0033-older-actions.ts";
import { longestPause } from "./0034-longest-pause.ts";
import { standardTerms } from "./0035-standard-terms.ts";
import { reportNumbering } from "./0036-report-numbering.ts";
import { retentionClock } from "./0037-retention-clock.ts";
import { boundedReads } from "./0038-bounded-reads.ts";
import { signIn } from "./0039-sign-in.ts";
import { seriesInstances } from "./0040-series-instances.ts";
import { excludedMounts } from "./0041-excluded-mounts.ts";
import { validityClock } from "./0042-validity-clock.ts";
import { actionBatches } from "./0043-action-batches.ts";
import { artefacts } from "./0044-artefacts.ts";
import { customers } from "./0045-customers.ts";
import { membershipCustomers } from "./0046-membership-customers.ts";
import { installScripts } from "./0047-install-scripts.ts";
import { deviceSearch } from "./0048-device-search.ts";
import { presenceIntervals } from "./0049-presence-intervals.ts";
import { attentionSeverity } from "./0050-attention-severity.ts";
import { savedViews } from "./0051-saved-views.ts";
import { deviceEdits } from "./0052-device-edits.ts";
import { deviceVersion } from "./0053-device-version.ts";
import { idempotency } from "./0054-idempotency.ts";
import { deviceSignals } from "./0055-device-signals.ts";
import { maintenanceWindows } from "./0056-maintenance-windows.ts";
import { alarmRules } from "./0057-alarm-rules.ts";
import { alarms } from "./0058-alarms.ts";
import { notifications } from "./0059-notifications.ts";
import { keyVersion } from "./0060-key-version.ts";
import { statusPage } from "./0061-status-page.ts";
import { userLanguage } from "./0062-user-language.ts";
import { helpRequests } from "./0063-help-requests.ts";
import { silences } from "./0064-silences.ts";
import { deviceDependencies } from "./0065-device-dependencies.ts";
import { watches } from "./0066-watches.ts";
import { channelAlarms } from "./0067-channel-alarms.ts";
import { sites } from "./0068-sites.ts";
import { alarmFilters } from "./0069-alarm-filters.ts";
import { tickets } from "./0070-tickets.ts";
import { deviceServices } from "./0071-device-services.ts";
import { pushSubscriptions } from "./0072-push-subscriptions.ts";

/** Every step of the schema in order. A new one is appended; none is edited or removed once released. */
export const migrations: readonly Migration[] = [
  serverSettings,
  organizations,
  people,
  sessions,
  loginThrottles,
  apiKeys,
  enrolmentTokens,
  deviceCredentials,
  audit,
  setupLinks,
  devices,
  deviceState,
  deviceDetails,
  presence,
  deviceIndexes,
  journal,
  history,
  actions,
  compatKeys,
  olderDevices,
  olderActions,
  longestPause,
  standardTerms,
  reportNumbering,
  retentionClock,
  boundedReads,
  signIn,
  seriesInstances,
  excludedMounts,
  validityClock,
  actionBatches,
  artefacts,
  customers,
  membershipCustomers,
  installScripts,
  deviceSearch,
  presenceIntervals,
  attentionSeverity,
  savedViews,
  deviceEdits,
  deviceVersion,
  idempotency,
  deviceSignals,
  maintenanceWindows,
  alarmRules,
  alarms,
  notifications,
  keyVersion,
  statusPage,
  userLanguage,
  helpRequests,
  silences,
  deviceDependencies,
  watches,
  channelAlarms,
  sites,
  alarmFilters,
  tickets,
  deviceServices,
  pushSubscriptions,
];
