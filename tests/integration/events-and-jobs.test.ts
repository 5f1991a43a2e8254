import pg from "pg";
import pino from "pino";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { EventBus, Hint } from "../../server/src/platform/events/event-bus.ts";
import { createPostgresEventBus } from "../../server/src/platform/events/postgres-event-bus.ts";
import { openStore } from "../../server/src/platform/database/open-store.ts";
import { createPostgresJobLock } from "../../server/src/platform/jobs/job-lock.ts";
import { createTestDatabase, type TestDatabase } from "../harness/test-database.ts";

const log = pino({ level: "silent" });
let database: TestDatabase;
let buses: EventBus[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await Promise.all(buses.map((bus) => bus.close()));
  buses = [];
});
afterAll(() => database.drop());

async function openBus(): Promise<EventBus> {
  const bus = await createPostgresEventBus({ url: database.url, log });
  buses.push(bus);
  return bus;
}

function next(bus: EventBus, topic: Hint["topic"]): Promise<Hint> {
  return new Promise((resolve) => {
    const stop = bus.subscribe(topic, (hint) => {
      stop();
      resolve(hint);
    });
  });
}

/** Resolves when PostgreSQL has ended these sessions, and freed what they held. */
async function breakConnections(application: string): Promise<void> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query<{ pid: number }>(
    "select pid, pg_terminate_backend(pid) from pg_stat_activity where application_name = $1",
    [application],
  );
  const pids = rows.map(({ pid }) => pid);
  const left = "select pid from pg_stat_activity where pid = any($1::int[])";
  await expect.poll(async () => (await client.query(left, [pids])).rows).toEqual([]);
  await client.end();
}

describe("servers on one PostgreSQL", () => {
  it("receive each other's hints, and their own once and immediately", async () => {
    const [one, two] = [await openBus(), await openBus()];
    const own: Hint[] = [];
    one.subscribe("device.changed", (hint) => own.push(hint));
    const heard = next(two, "device.changed");
    const hint: Hint = { topic: "device.changed", orgId: "o1", ids: ["d1", "d2"] };
    one.publish(hint);
    expect(own).toEqual([hint]);
    expect(await heard).toEqual(hint);
    const answered = next(one, "credential.changed");
    two.publish({ topic: "credential.changed", orgId: "o1", ids: ["k1"] });
    await answered;
    expect(own).toHaveLength(1);
  });

  it("read everything again after their connection broke, and receive hints again", async () => {
    const [one, two] = [await openBus(), await openBus()];
    const resynced = Promise.all(
      [one, two].map((bus) => new Promise<void>((resolve) => bus.onResync(resolve))),
    );
    await breakConnections("muster events");
    await resynced;
    const heard = next(two, "organization.changed");
    one.publish({ topic: "organization.changed", orgId: "o1", ids: ["o1"] });
    expect((await heard).ids).toEqual(["o1"]);
  });

  it("continue to publish when a listener fails", async () => {
    const bus = await openBus();
    bus.subscribe("device.changed", () => {
      throw new Error("a listener's fault");
    });
    const heard = next(bus, "device.changed");
    bus.publish({ topic: "device.changed", orgId: "o1", ids: [] });
    await heard;
  });

  it("run a job on one of them at a time", async () => {
    const [one, two] = [
      createPostgresJobLock({ url: database.url, log }),
      createPostgresJobLock({ url: database.url, log }),
    ];
    const entered = Promise.withResolvers<void>();
    const leave = Promise.withResolvers<void>();
    const first = one.tryWithLock("pack", async () => {
      entered.resolve();
      await leave.promise;
    });
    await entered.promise;
    const ran: string[] = [];
    await two.tryWithLock("pack", async () => void ran.push("pack"));
    await two.tryWithLock("presence", async () => void ran.push("presence"));
    expect(ran).toEqual(["presence"]);
    leave.resolve();
    await first;
    await two.tryWithLock("pack", async () => void ran.push("pack"));
    expect(ran).toEqual(["presence", "pack"]);
    await Promise.all([one.close(), two.close()]);
  });

  it("leave no locks behind for hours after a power failure of their machine", async () => {
    const store = await openStore({ url: database.url, log, migrations: [] });
    if (store.engine.kind !== "postgres") throw new Error("this needs PostgreSQL");
    const { rows } = await store.engine.pool.query(
      `select name, setting::int as setting from pg_settings
       where name in ('tcp_keepalives_idle', 'idle_in_transaction_session_timeout') order by name`,
    );
    expect(rows).toEqual([
      { name: "idle_in_transaction_session_timeout", setting: 60_000 },
      { name: "tcp_keepalives_idle", setting: 20 },
    ]);
    await store.close();
  });

  it("release the locks of a server whose connection broke, which opens another one", async () => {
    const [one, two] = [
      createPostgresJobLock({ url: database.url, log }),
      createPostgresJobLock({ url: database.url, log }),
    ];
    const ran: string[] = [];
    await one.tryWithLock("pack", async () => {
      await breakConnections("muster jobs");
      await two.tryWithLock("pack", async () => void ran.push("two"));
    });
    await expect
      .poll(() =>
        one
          .tryWithLock("pack", async () => void ran.push("one"))
          .then(
            () => ran.at(-1),
            () => "",
          ),
      )
      .toBe("one");
    expect(ran[0]).toBe("two");
    await Promise.all([one.close(), two.close()]);
  });
});
