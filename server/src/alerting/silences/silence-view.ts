import type { Alarm } from "@muster/shared/contracts/alarm.ts";
import { LISTED_MATCHES, type Silence, type SilenceMatches } from "@muster/shared/contracts/silence.ts";
import type { Kysely } from "kysely";
import { readCustomerNames, readDeviceNames } from "../../fleet/index.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { toInstant, toNullableInstant } from "../../platform/instant.ts";
import type { Tenant } from "../../platform/tenant.ts";
import { readAlarmsById } from "../alarms/alarm.repository.ts";
import { viewAlarms } from "../alarms/alarm-reads.ts";
import { describeAlarm } from "../alarms/describe-alarm.ts";
import { readRulesById } from "../rules/alarm-rule.repository.ts";
import { type OpenAlarm, visitMatches } from "./matched-alarms.ts";
import { matchOf, readScope, type SilenceMatch } from "./silence-match.ts";
import type { ReachedSilence } from "./silence-reach.ts";
import type { SilenceRow } from "./silences.tables.ts";

/** A silence that has matched nothing for so long is stale, and ends when it was made so. */
export const IDLE_MS = 3_600_000;

export type Pause = () => Promise<void>;
type Found = { count: number; first: OpenAlarm[] };
type Names = { scope: string | null; rule: string | null; alarm: string | null };

/** The state of a silence at `now`. */
export function stateOf(row: Pick<SilenceRow, "ended_at" | "starts_at" | "ends_at">, now: number) {
  if (row.ended_at !== null || row.ends_at <= now) return "ended";
  return row.starts_at > now ? "planned" : "active";
}

/** Silences as the API returns them, with what they match now. */
export async function viewSilences(
  db: Kysely<Tables>,
  tenant: Tenant,
  silences: readonly ReachedSilence[],
  { now, pause }: { now: number; pause: Pause },
): Promise<Silence[]> {
  const rows = silences.map(({ row }) => row);
  const current = rows.filter((row) => stateOf(row, now) !== "ended");
  const matches = await readMatches(
    db,
    tenant,
    current.map((row) => ({ ...matchOf(row), id: row.id })),
    { now, pause },
  );
  const namesOf = await readNames(db, tenant, rows);
  return silences.map(({ row, canChange }) => ({
    ...toSilence(row, namesOf(row), now),
    ...idleOf(row, now),
    matches: matches.get(row.id) ?? { count: 0, first: [] },
    canChange,
  }));
}

/** What silences match of the open alarms that a tenant reaches, by the ids of the silences. */
export async function readMatches(
  db: Kysely<Tables>,
  tenant: Tenant,
  silences: readonly (SilenceMatch & { id: string })[],
  { now, pause }: { now: number; pause: Pause },
): Promise<Map<string, SilenceMatches>> {
  const found = new Map<string, Found>(silences.map(({ id }) => [id, { count: 0, first: [] }]));
  if (silences.length === 0) return new Map();
  await visitMatches(db, tenant, silences, {
    pause,
    visit(alarm, of) {
      for (const { id } of of) addMatch(found.get(id), alarm);
    },
  });
  const shown = [...found.values()].flatMap(({ first }) => first.map(({ id }) => id));
  const rows = await readAlarmsById(db, tenant, [...new Set(shown)]);
  const alarms = new Map((await viewAlarms(db, tenant, rows, now)).map((alarm) => [alarm.id, alarm]));
  return new Map(
    [...found].map(([id, { count, first }]) => {
      const listed = first
        .map((alarm) => alarms.get(alarm.id))
        .filter((one): one is Alarm => one !== undefined);
      return [id, { count, first: listed }];
    }),
  );
}

/** Keeps the worst and newest ones. */
function addMatch(found: Found | undefined, alarm: OpenAlarm): void {
  if (!found) return;
  found.count += 1;
  found.first.push(alarm);
  found.first.sort((a, b) => b.severity_rank - a.severity_rank || b.opened_at - a.opened_at);
  found.first.length = Math.min(found.first.length, LISTED_MATCHES);
}

function toSilence(row: SilenceRow, names: Names, now: number) {
  const { types, severities, ruleId } = matchOf(row);
  const state = stateOf(row, now);
  const isOver = state === "ended";
  const matchers: Silence["matchers"] = {
    scope: readScope(row),
    types: [...types],
    severities: JSON.parse(row.severities),
    ruleId,
    alarmId: row.alarm_id,
  };
  return {
    id: row.id,
    matchers: { ...matchers, severities: matchers.severities.filter((one) => severities.includes(one)) },
    scopeName: names.scope,
    ruleName: names.rule,
    alarmTitle: names.alarm,
    comment: row.comment,
    author: row.author,
    isLimited: row.limited_to !== null,
    state,
    startsAt: toInstant(row.starts_at),
    endsAt: toInstant(row.ends_at),
    endsWhenIdle: row.ends_when_idle === 1,
    endedAt: isOver ? toInstant(row.ended_at ?? row.ends_at) : null,
    endReason: isOver ? (row.end_reason ?? "time") : null,
    endedBy: row.ended_by,
    version: row.version,
    createdAt: toInstant(row.created_at),
    updatedAt: toInstant(row.updated_at),
    updatedBy: row.updated_by,
  } as const;
}

/** What the job that looks for matches found last. */
function idleOf(row: SilenceRow, now: number) {
  const idleSince = stateOf(row, now) === "active" ? row.idle_since : null;
  return {
    idleSince: toNullableInstant(idleSince),
    isStale: idleSince !== null && now - idleSince >= IDLE_MS,
  };
}

/** The names of what silences name. */
async function readNames(db: Kysely<Tables>, tenant: Tenant, rows: readonly SilenceRow[]) {
  const { orgId } = tenant;
  const scopes = rows.map(readScope);
  const customers = await readCustomerNames(
    db,
    orgId,
    scopes.flatMap((scope) => (scope.kind === "customer" ? [scope.customerId] : [])),
  );
  const devices = await readDeviceNames(
    db,
    tenant,
    scopes.flatMap((scope) => (scope.kind === "device" ? [scope.deviceId] : [])),
  );
  const ids = (pick: (row: SilenceRow) => string | null) =>
    [...new Set(rows.map(pick))].filter((id) => id !== null);
  const rules = new Map(
    (
      await readRulesById(
        db,
        orgId,
        ids(({ rule_id }) => rule_id),
      )
    ).map(({ id, name }) => [id, name]),
  );
  const alarms = new Map(
    (
      await readAlarmsById(
        db,
        tenant,
        ids(({ alarm_id }) => alarm_id),
      )
    ).map((row) => [row.id, row]),
  );
  return (row: SilenceRow): Names => {
    const scope = readScope(row);
    const alarm = alarms.get(row.alarm_id ?? "");
    return {
      scope:
        scope.kind === "customer"
          ? (customers.get(scope.customerId) ?? null)
          : scope.kind === "device"
            ? (devices.get(scope.deviceId)?.name ?? null)
            : null,
      rule: rules.get(row.rule_id ?? "") ?? null,
      alarm: alarm ? describeAlarm(alarm, "en").title : null,
    };
  };
}
