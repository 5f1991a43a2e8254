import * as action from "@muster/shared/contracts/action.ts";
import * as actionDelivery from "@muster/shared/contracts/action-delivery.ts";
import * as alarm from "@muster/shared/contracts/alarm.ts";
import * as alarmChange from "@muster/shared/contracts/alarm-change.ts";
import * as reportedAlarm from "@muster/shared/contracts/reported-alarm.ts";
import * as alarmRule from "@muster/shared/contracts/alarm-rule.ts";
import * as alarmRuleTrial from "@muster/shared/contracts/alarm-rule-trial.ts";
import * as channels from "@muster/shared/alarms/channels/catalog.ts";
import * as artefact from "@muster/shared/contracts/artefact.ts";
import * as audit from "@muster/shared/contracts/audit.ts";
import * as availability from "@muster/shared/contracts/availability.ts";
import * as channel from "@muster/shared/contracts/channel.ts";
import * as customer from "@muster/shared/contracts/customer.ts";
import * as delivery from "@muster/shared/contracts/delivery.ts";
import * as device from "@muster/shared/contracts/device.ts";
import * as deviceSupport from "@muster/shared/contracts/device-support.ts";
import * as deviceEdit from "@muster/shared/contracts/device-edit.ts";
import * as deviceMatch from "@muster/shared/contracts/device-match.ts";
import * as editInfo from "@muster/shared/contracts/edit-info.ts";
import * as enrolment from "@muster/shared/contracts/enrolment.ts";
import * as history from "@muster/shared/contracts/history.ts";
import * as identity from "@muster/shared/contracts/identity.ts";
import * as install from "@muster/shared/contracts/install.ts";
import * as inventory from "@muster/shared/contracts/inventory.ts";
import * as metric from "@muster/shared/contracts/metric.ts";
import * as notificationPreview from "@muster/shared/contracts/notification-preview.ts";
import * as notificationPolicy from "@muster/shared/contracts/notification-policy.ts";
import * as legacySystem from "@muster/shared/contracts/legacy-system.ts";
import * as report from "@muster/shared/contracts/report.ts";
import * as localTime from "@muster/shared/contracts/local-time.ts";
import * as maintenanceWindow from "@muster/shared/contracts/maintenance-window.ts";
import * as savedView from "@muster/shared/contracts/saved-view.ts";
import * as serverHealth from "@muster/shared/contracts/server-health.ts";
import * as page from "@muster/shared/contracts/page.ts";
import * as pushSubscription from "@muster/shared/contracts/push-subscription.ts";
import * as silence from "@muster/shared/contracts/silence.ts";
import * as watch from "@muster/shared/contracts/watch.ts";
import * as statusPage from "@muster/shared/contracts/status-page.ts";
import * as stream from "@muster/shared/contracts/stream.ts";
import * as trustChange from "@muster/shared/contracts/trust-change.ts";
import * as text from "@muster/shared/contracts/text.ts";
import * as errors from "@muster/shared/errors.ts";
import * as attention from "@muster/shared/health/attention.ts";
import * as score from "@muster/shared/health/score.ts";
import * as ids from "@muster/shared/ids.ts";
import { ACTIONS } from "@muster/shared/actions/catalog.ts";
import * as activeHours from "@muster/shared/alarms/active-hours.ts";
import { ALARM_TYPES } from "@muster/shared/alarms/catalog.ts";
import { z } from "zod";
import { apiDescriptions } from "./api-descriptions.generated.ts";
import { apiExamples } from "./api-examples.ts";
import * as dashfleetAnswers from "./compat/dashfleet/dashfleet-answers.ts";
import * as dashfleetBodies from "./compat/dashfleet/dashfleet-bodies.ts";
import * as dashfleetEntry from "./compat/dashfleet/dashfleet-entry.ts";
import * as dashfleetOrders from "./compat/dashfleet/dashfleet-orders.ts";
import * as dashfleetReport from "./compat/dashfleet/dashfleet-report.ts";
import type { NamedSchemas, Variants } from "./platform/openapi/schema-collector.ts";

const contracts = [
  action,
  actionDelivery,
  activeHours,
  alarm,
  alarmChange,
  alarmRule,
  alarmRuleTrial,
  alarm,
  artefact,
  attention,
  audit,
  availability,
  channel,
  channels,
  dashfleetAnswers,
  dashfleetBodies,
  dashfleetEntry,
  dashfleetOrders,
  dashfleetReport,
  customer,
  delivery,
  device,
  deviceSupport,
  deviceEdit,
  deviceMatch,
  editInfo,
  enrolment,
  errors,
  history,
  identity,
  ids,
  install,
  inventory,
  metric,
  legacySystem,
  notificationPolicy,
  notificationPreview,
  page,
  report,
  reportedAlarm,
  score,
  localTime,
  maintenanceWindow,
  savedView,
  serverHealth,
  pushSubscription,
  silence,
  watch,
  statusPage,
  stream,
  text,
  trustChange,
];

/** Every schema of the contracts by its export name. */
const schemas: Readonly<Record<string, z.ZodType>> = Object.fromEntries(
  contracts.flatMap((contract) => Object.entries(contract)).filter(isSchemaEntry),
);

function isSchemaEntry(entry: [string, unknown]): entry is [string, z.ZodType] {
  return entry[1] instanceof z.ZodType;
}

/** `build` makes the form of the schema for one type of action; `suffix` follows the type in its name. */
function byActionType(
  suffix: string,
  build: (definition: (typeof ACTIONS)[keyof typeof ACTIONS]) => z.ZodType,
): Variants {
  const variants = Object.values(ACTIONS).map((definition) => {
    const name = `-${definition.type}`.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    return [definition.type, { name: `${name}${suffix}`, schema: build(definition) }];
  });
  return { field: "type", schemas: Object.fromEntries(variants) };
}

/** As `byActionType`, for the types of alarm rules. */
function byAlarmType(
  suffix: string,
  build: (definition: (typeof ALARM_TYPES)[keyof typeof ALARM_TYPES]) => z.ZodType,
): Variants {
  const variants = Object.values(ALARM_TYPES).map((definition) => {
    const name = `-${definition.type}`.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    return [definition.type, { name: `${name}${suffix}`, schema: build(definition) }];
  });
  return { field: "type", schemas: Object.fromEntries(variants) };
}

/** The schemas that the API document names, with what it says about them. */
export const namedSchemas: NamedSchemas = {
  schemas,
  variants: {
    NewActions: byActionType("Request", ({ type, payload }) =>
      z.strictObject({
        ...action.NewActions.shape,
        type: z.literal(type),
        payload: withDefault(payload),
      }),
    ),
    Action: byActionType("Action", ({ type, payload, result }) =>
      action.Action.extend({ type: z.literal(type), payload, result: result.nullable() }),
    ),
    NewAlarmRule: byAlarmType("RuleRequest", ({ type, settings }) =>
      z.strictObject({
        ...alarmRule.NewAlarmRule.shape,
        type: z.literal(type),
        settings: withDefault(settings),
      }),
    ),
    AlarmRule: byAlarmType("Rule", ({ type, settings }) =>
      alarmRule.AlarmRule.extend({ type: z.literal(type), settings }),
    ),
    ListedAlarmRule: byAlarmType("ListedRule", ({ type, settings }) =>
      alarmRule.ListedAlarmRule.extend({ type: z.literal(type), settings }),
    ),
    ActionBatch: byActionType("Batch", ({ type, payload }) =>
      action.ActionBatch.extend({ type: z.literal(type), payload }),
    ),
  },
  texts: { descriptions: apiDescriptions, examples: apiExamples },
};

/** Optional where every field of the payload is. */
function withDefault(payload: z.ZodObject): z.ZodType {
  return payload.safeParse({}).success ? payload.optional() : payload;
}
