import { ACTIONS, type ActionType } from "@muster/shared/actions/catalog.ts";
import type { ActionState } from "@muster/shared/contracts/action.ts";
import { loadCatalogTexts } from "@muster/shared/i18n/catalog-texts.ts";
import { NOTIFICATION_TEXTS } from "@muster/shared/i18n/notification-messages.ts";
import type { Language } from "@muster/shared/i18n/languages.ts";
import type { Kysely } from "kysely";
import type { FindDeviceTargets } from "../../fleet/index.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import type { Tenant } from "../../platform/tenant.ts";
import { readAlarmsById } from "../alarms/alarm.repository.ts";
import type { DescribeAlarm } from "../notifications/index.ts";
import type { WatchRow } from "./watches.tables.ts";

/** How an action is going. */
export type ActionOutcome = { id: string; state: ActionState; type: ActionType; deviceId: string };

/** Looks actions up by id. Those that the tenant does not reach are left out. */
export type FindActionOutcomes = (
  db: Kysely<Tables>,
  tenant: Tenant,
  ids: readonly string[],
) => Promise<ActionOutcome[]>;

/** What is watched, as it is now. */
export type WatchedTarget = {
  state: "online" | "offline" | "open" | "ended";
  customerId: string | null;
  nameIn(language: Language): Promise<string>;
};

/** Looks targets of one kind up by id. Those that the tenant does not reach are left out. */
export type FindWatched = (
  tenant: Tenant,
  kind: WatchRow["kind"],
  ids: readonly string[],
) => Promise<Map<string, WatchedTarget>>;

const ENDED: ReadonlySet<ActionState> = new Set(["done", "error", "expired", "cancelled"]);

function endOf(state: ActionState) {
  return state === "error" || state === "expired" || state === "cancelled" ? state : "done";
}

export function createFindWatched(deps: {
  store: Store;
  findTargets: FindDeviceTargets;
  findActionOutcomes: FindActionOutcomes;
  describeAlarm: DescribeAlarm;
}): FindWatched {
  const { store, findTargets, findActionOutcomes, describeAlarm } = deps;

  async function devices(tenant: Tenant, ids: readonly string[]) {
    const found = await findTargets(tenant, ids);
    return [...found.values()].map(({ id, name, customerId, isOnline }): [string, WatchedTarget] => [
      id,
      { state: isOnline ? "online" : "offline", customerId, nameIn: async () => name },
    ]);
  }

  async function alarms(tenant: Tenant, ids: readonly string[]) {
    const rows = await readAlarmsById(store.read, tenant, ids);
    return rows.map((row): [string, WatchedTarget] => [
      row.id,
      {
        state: row.ended_at === null ? "open" : "ended",
        customerId: row.customer_id,
        nameIn: async (language) => describeAlarm(row, language).title,
      },
    ]);
  }

  async function actions(tenant: Tenant, ids: readonly string[]) {
    const found = await findActionOutcomes(store.read, tenant, ids);
    const devicesById = await findTargets(tenant, [...new Set(found.map(({ deviceId }) => deviceId))]);
    return found.map(({ id, state, type, deviceId }): [string, WatchedTarget] => {
      const device = devicesById.get(deviceId);
      return [
        id,
        {
          state: ENDED.has(state) ? "ended" : "open",
          customerId: device?.customerId ?? null,
          async nameIn(language) {
            const label = (await loadCatalogTexts(language))?.[type].label ?? ACTIONS[type].label;
            const outcome = NOTIFICATION_TEXTS[language].note.watch.outcome[endOf(state)];
            return `${label}${device ? `, ${device.name}` : ""}: ${outcome}`;
          },
        },
      ];
    });
  }

  const readers = { device: devices, alarm: alarms, action: actions };
  return async (tenant, kind, ids) => new Map(await readers[kind](tenant, ids));
}
