import { describe, expect, inject, it } from "vitest";
import { createMonthFleet, STEP_MS } from "../harness/month-fleet.ts";
import { createMonthModel, keyOf, type ModelAlarm } from "../harness/month-model.ts";
import { MONTH_RULES } from "../harness/month-rules.ts";
import { type MonthServer, startMonthServer } from "../harness/month-server.ts";

const HOUR = 3_600_000;
const STEPS_PER_DAY = 288;

const SEED = 1;

/**
 * Berlin puts its clocks forward on 29 March 2026 and Sydney its own back on 5 April. `npm run test:month` simulates the whole month with
 * both, `npm test` two days with the first one.
 */
const {
  devices: DEVICES,
  days: DAYS,
  startMs: START,
  limitMs: LIMIT_MS,
} = inject("isFullRun")
  ? { devices: 2_000, days: 31, startMs: Date.UTC(2026, 2, 15, 6), limitMs: 5_400_000 }
  : { devices: 50, days: 2, startMs: Date.UTC(2026, 2, 28, 6), limitMs: 120_000 };

type Told = { key: string; events: string[]; messages: string[] };

async function readAlarms({ store }: MonthServer): Promise<Told[]> {
  const alarms = await store.read.selectFrom("alarms").selectAll().execute();
  const events = await store.read.selectFrom("alarm_events").selectAll().orderBy("number").execute();
  const deliveries = await store.read
    .selectFrom("deliveries")
    .selectAll()
    .orderBy("at")
    .orderBy("event_number")
    .orderBy("repetition")
    .execute();
  const eventsOf = Map.groupBy(events, ({ alarm_id }) => alarm_id);
  const deliveriesOf = Map.groupBy(deliveries, ({ alarm_id }) => alarm_id);
  return sorted(
    alarms.map(({ id, type, rule_name, device_name, instance, opened_at }) => ({
      key: `${type === "outage" ? "outage" : keyOf({ name: rule_name ?? "" }, { name: device_name ?? "" }, instance)} at ${opened_at}`,
      events: (eventsOf.get(id) ?? []).map(({ kind, at, severity }) => `${kind} ${severity} ${at}`),
      messages: (deliveriesOf.get(id) ?? []).map(
        ({ kind, event_number, at }) => `${kind} ${event_number} ${at}`,
      ),
    })),
  );
}

function expectedAlarms(alarms: readonly ModelAlarm[]): Told[] {
  return sorted(
    alarms.map(({ key, events, messages }) => ({
      key: `${key} at ${events[0]?.at}`,
      events: events.map(({ kind, at, severity }) => `${kind} ${severity} ${at}`),
      messages: messages.map(({ kind, number, at }) => `${kind} ${number} ${at}`),
    })),
  );
}

const sorted = (alarms: Told[]) => alarms.toSorted((a, b) => (a.key < b.key ? -1 : 1));

/** Shows the first difference only: a whole month of alarms is too much to print. */
function expectSame(alarms: readonly Told[], expected: readonly Told[]): void {
  const different = expected.findIndex(
    (alarm, index) => JSON.stringify(alarm) !== JSON.stringify(alarms[index]),
  );
  if (different >= 0) expect(alarms[different]).toEqual(expected[different]);
  expect(alarms).toHaveLength(expected.length);
}

describe("alarms over time", () => {
  it(
    `are those of a plain model for ${DEVICES} devices over ${DAYS} days`,
    async () => {
      const steps = DAYS * STEPS_PER_DAY;
      const at = (share: number) => Math.floor(steps * share);
      const outages = [[at(0.3), at(0.3) + 8] as const, [at(0.6), at(0.6) + 30] as const];
      const fleet = createMonthFleet(DEVICES, SEED, outages);
      const server = await startMonthServer({ startMs: START, devices: fleet, rules: MONTH_RULES });
      const model = createMonthModel(fleet, MONTH_RULES);
      try {
        for (let step = 0; step < steps; step += 1) {
          const reports = new Map(
            fleet.flatMap((device) => {
              const report = device.next();
              return report ? [[device.name, report] as const] : [];
            }),
          );
          if (step === at(0.2) || step === at(0.7)) await server.restart(0);
          if (step === at(0.4)) await server.restart(4 * HOUR);
          if (step === at(0.8)) {
            await server.backUp();
            model.backUp();
          }
          if (step === at(0.9)) {
            await server.restore();
            model.restore();
          }
          await server.step(reports);
          model.step(server.clock.now(), STEP_MS, reports);
          const isLast = step === steps - 1;
          if (isLast || step % (7 * STEPS_PER_DAY) === STEPS_PER_DAY - 1)
            expectSame(await readAlarms(server), expectedAlarms(model.alarms));
        }
        expect(model.alarms.length).toBeGreaterThan(DEVICES);
      } finally {
        await server.remove();
      }
    },
    LIMIT_MS,
  );
});
