import * as action from "@muster/shared/contracts/action.ts";
import * as actionDelivery from "@muster/shared/contracts/action-delivery.ts";
import * as customer from "@muster/shared/contracts/customer.ts";
import * as device from "@muster/shared/contracts/device.ts";
import * as enrolment from "@muster/shared/contracts/enrolment.ts";
import * as history from "@muster/shared/contracts/history.ts";
import * as identity from "@muster/shared/contracts/identity.ts";
import * as inventory from "@muster/shared/contracts/inventory.ts";
import * as metric from "@muster/shared/contracts/metric.ts";
import * as legacySystem from "@muster/shared/contracts/legacy-system.ts";
import * as report from "@muster/shared/contracts/report.ts";
import * as serverHealth from "@muster/shared/contracts/server-health.ts";
import * as stream from "@muster/shared/contracts/stream.ts";
import * as text from "@muster/shared/contracts/text.ts";
import * as errors from "@muster/shared/errors.ts";
import * as attention from "@muster/shared/health/attention.ts";
import * as score from "@muster/shared/health/score.ts";
import * as ids from "@muster/shared/ids.ts";
import { z } from "zod";

const contracts = [
  action,
  actionDelivery,
  attention,
  customer,
  device,
  enrolment,
  errors,
  history,
  identity,
  ids,
  inventory,
  metric,
  legacySystem,
  report,
  score,
  serverHealth,
  stream,
  text,
];

/** Every schema of the contracts by its export name. The API document names these. */
export const apiSchemas: Readonly<Record<string, z.ZodType>> = Object.fromEntries(
  contracts.flatMap((contract) => Object.entries(contract)).filter(isSchemaEntry),
);

function isSchemaEntry(entry: [string, unknown]): entry is [string, z.ZodType] {
  return entry[1] instanceof z.ZodType;
}
