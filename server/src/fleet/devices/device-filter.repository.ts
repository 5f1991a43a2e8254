import { DeviceFilter } from "@muster/shared/contracts/device.ts";
import { type ExpressionBuilder, type Kysely, sql } from "kysely";
import { keysOf } from "@muster/shared/keys-of.ts";
import { ranksOf } from "@muster/shared/health/attention-rank.ts";
import { nameKeyOf } from "@muster/shared/name-key.ts";
import type { DeviceQuery, JoinedTables } from "./device-selection.repository.ts";
import { NO_CUSTOMER } from "@muster/shared/customers.ts";
import { isWithinLimit } from "../../platform/database/customer-limit.ts";
import type { Tables } from "../../platform/database/tables.ts";

const MAX_SEARCH_TERMS = 8;

/** A filter whose names of customers are ids, so that an index finds the devices: null without names. */
export type StoredFilter = DeviceFilter & { namedCustomerIds: readonly string[] | null };

/** Finds the customers that a filter names, whatever the case and accents. */
export async function readStoredFilter<Filter extends DeviceFilter>(
  db: Kysely<Tables>,
  orgId: string,
  filter: Filter,
): Promise<Filter & StoredFilter> {
  if (!filter.customer) return { ...filter, namedCustomerIds: null };
  const rows = await db
    .selectFrom("customers")
    .select("id")
    .where("org_id", "=", orgId)
    .where("name_key", "in", filter.customer.map(nameKeyOf))
    .execute();
  return { ...filter, namedCustomerIds: rows.map(({ id }) => id) };
}

/** Applies `filter` to a query over devices. `now` is wall time. */
export function withFilter<Output>(
  rows: DeviceQuery<Output>,
  orgId: string,
  filter: StoredFilter,
  now: number,
): DeviceQuery<Output> {
  const { attention, presence, health, paused, customerId, tag, class: classes, osFamily } = filter;
  const { namedCustomerIds } = filter;
  let narrowed = rows.where("d.archived_at", filter.archived ? "is not" : "is", null);
  for (const term of termsOf(filter.search)) {
    narrowed = narrowed.where(sql<boolean>`d.search_text like ${likePattern(term)} escape '\\'`);
  }
  if (attention)
    narrowed = narrowed.where((where) => where.or(attention.map((level) => hasRankOf(where, level))));
  if (presence) narrowed = narrowed.where("d.shown", "in", presence);
  if (health) narrowed = narrowed.where("s.status", "in", health);
  if (paused !== undefined) narrowed = narrowed.where((where) => isPaused(where, paused, now));
  if (namedCustomerIds)
    narrowed = narrowed.where(isWithinLimit({ orgId, customerIds: namedCustomerIds }, "d.customer_id"));
  if (customerId) narrowed = narrowed.where((where) => isOfCustomer(where, customerId));
  if (osFamily) narrowed = narrowed.where("d.os_family", "in", osFamily);
  if (filter.osName) narrowed = narrowed.where("d.os_name", "in", filter.osName);
  if (filter.agentVersion) narrowed = narrowed.where("d.agent_version", "in", filter.agentVersion);
  if (filter.user) narrowed = narrowed.where("d.user_name", "in", filter.user);
  if (filter.rebootRequired !== undefined)
    narrowed = narrowed.where("d.reboot_required", "=", filter.rebootRequired ? 1 : 0);
  if (filter.id) narrowed = narrowed.where("d.id", "in", filter.id);
  if (classes) {
    narrowed = narrowed.where(({ fn }) => fn.coalesce("d.class_chosen", "d.class_guess"), "in", classes);
  }
  if (tag) {
    narrowed = narrowed.where(({ exists, selectFrom }) =>
      exists(
        selectFrom("device_tags as t")
          .select("t.tag")
          .where("t.org_id", "=", orgId)
          .where("t.tag", "in", tag)
          .whereRef("t.device_no", "=", "d.device_no"),
      ),
    );
  }
  return narrowed;
}

const GIVEN_BY_VALUE = keysOf(DeviceFilter.shape).filter((name) => name !== "search" && name !== "archived");

/** True unless `filter` selects the whole list of devices that are not archived. */
export function hasFilter(filter: DeviceFilter): boolean {
  return (
    filter.archived ||
    termsOf(filter.search).length > 0 ||
    GIVEN_BY_VALUE.some((name) => filter[name] !== undefined)
  );
}

/** The words of a search: each must be found. */
function termsOf(search: string | undefined): string[] {
  return nameKeyOf(search ?? "")
    .split(" ")
    .filter((term) => term !== "")
    .slice(0, MAX_SEARCH_TERMS);
}

function likePattern(term: string): string {
  return `%${term.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}

type Where = ExpressionBuilder<JoinedTables, "d" | "s">;

function hasRankOf(where: Where, level: "none" | "warn" | "critical") {
  const { from, to } = ranksOf(level);
  return where.and([where("d.attention_rank", ">=", from), where("d.attention_rank", "<", to)]);
}

function isOfCustomer(where: Where, wanted: readonly string[]) {
  const ids = wanted.filter((id) => id !== NO_CUSTOMER);
  return where.or([
    ...(ids.length > 0 ? [where("d.customer_id", "in", ids)] : []),
    ...(ids.length < wanted.length ? [where("d.customer_id", "is", null)] : []),
  ]);
}

function isPaused(where: Where, wanted: boolean, now: number) {
  const paused = where.and([
    where("d.is_paused", "=", 1),
    where.or([where("d.paused_until", "is", null), where("d.paused_until", ">", now)]),
  ]);
  return wanted ? paused : where.not(paused);
}
