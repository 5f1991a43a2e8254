import { createMonthFleet, STEP_MS } from "./month-fleet.ts";
import { createMonthModel, keyOf, type ModelAlarm, type MonthModel } from "./month-model.ts";
import { MONTH_RULES } from "./month-rules.ts";
import { type MonthServer, startMonthServer } from "./month-server.ts";

const HOUR_MS = 3_600_000;
const STEPS_PER_DAY = 288;

/** What happened to an alarm and what was planned to be told of it, in order. */
export type AlarmStory = { key: string; events: string[]; messages: string[] };

/** Where a simulation is: the alarms of the server and those that the model expects, sorted. */
export type Comparison = {
  day: number;
  model: MonthModel;
  stories(): Promise<Record<"given" | "expected", AlarmStory[]>>;
};

/**
 * Runs the server and its model side by side. On the way one site is cut off twice and two sites together once, the server restarts twice, is down for four hours, and
 * goes back to a backup. `compare` is called at the end of each day.
 */
export async function simulateMonth(given: {
  devices: number;
  days: number;
  startMs: number;
  seed: number;
  compare(comparison: Comparison): Promise<void>;
}): Promise<void> {
  const steps = given.days * STEPS_PER_DAY;
  const at = (share: number) => Math.floor(steps * share);
  const fleet = createMonthFleet(given.devices, given.seed, [
    { from: at(0.1), to: at(0.1) + 8, sites: ["north"] },
    { from: at(0.3), to: at(0.3) + 30, sites: ["north"] },
    { from: at(0.6), to: at(0.6) + 30, sites: ["north", "south"] },
  ]);
  const server = await startMonthServer({ startMs: given.startMs, devices: fleet, rules: MONTH_RULES });
  const model = createMonthModel(fleet, MONTH_RULES);
  const disruptions = new Map<number, () => Promise<void> | void>([
    [at(0.2), () => server.restart(0)],
    [at(0.4), () => server.restart(4 * HOUR_MS)],
    [at(0.7), () => server.restart(0)],
    [at(0.8), () => server.backUp().then(() => model.backUp())],
    [at(0.9), () => server.restore().then(() => model.restore())],
  ]);
  try {
    for (let step = 0; step < steps; step += 1) {
      const sent = fleet.map((device) => [device.name, device.next()] as const);
      const reports = new Map(sent.flatMap(([name, report]) => (report ? [[name, report] as const] : [])));
      await disruptions.get(step)?.();
      await server.step(reports);
      model.step(server.clock.now(), STEP_MS, reports);
      if (step % STEPS_PER_DAY !== STEPS_PER_DAY - 1) continue;
      const day = Math.floor(step / STEPS_PER_DAY) + 1;
      const stories = async () => ({ given: await readStories(server), expected: storiesOf(model.alarms) });
      await given.compare({ day, model, stories });
    }
  } finally {
    await server.remove();
  }
}

async function readStories({ store }: MonthServer): Promise<AlarmStory[]> {
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
  const stories = alarms.map(({ id, key: alarmKey, type, rule_name, device_name, instance, opened_at }) => {
    const key =
      type === "outage" ? alarmKey : keyOf({ name: rule_name ?? "" }, { name: device_name ?? "" }, instance);
    return {
      key: `${key} at ${opened_at}`,
      events: (eventsOf.get(id) ?? []).map(({ kind, at, severity }) => `${kind} ${severity} ${at}`),
      messages: (deliveriesOf.get(id) ?? []).map(
        ({ kind, event_number, at }) => `${kind} ${event_number} ${at}`,
      ),
    };
  });
  return sorted(stories);
}

function storiesOf(alarms: readonly ModelAlarm[]): AlarmStory[] {
  const stories = alarms.map(({ key, events, messages }) => ({
    key: `${key} at ${events[0]?.at}`,
    events: events.map(({ kind, at, severity }) => `${kind} ${severity} ${at}`),
    messages: messages.map(({ kind, number, at }) => `${kind} ${number} ${at}`),
  }));
  return sorted(stories);
}

function sorted(stories: readonly AlarmStory[]): AlarmStory[] {
  return stories.toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

/** The first place at which the stories differ; null where they are the same. */
export function firstDifference({ given, expected }: Record<"given" | "expected", readonly AlarmStory[]>): {
  given: AlarmStory | undefined;
  expected: AlarmStory | undefined;
} | null {
  for (let index = 0; index < Math.max(given.length, expected.length); index += 1) {
    const pair = { given: given[index], expected: expected[index] };
    if (JSON.stringify(pair.given) !== JSON.stringify(pair.expected)) return pair;
  }
  return null;
}
