import { Client } from "pg";
import { afterEach, describe, expect, inject, it } from "vitest";
import { openShell, type TestShell } from "../harness/command-line.ts";
import { type EnrolledDevice, enrolDevice, makeEnrolmentToken } from "../harness/enrol-device.ts";
import { type HttpReceiver, startHttpReceiver } from "../harness/http-receiver.ts";
import { armKill, type ServerProcess, startKillAtCommitServer } from "../harness/server-process.ts";
import { send } from "../security/http-client.ts";
import { makeTenant } from "../security/tenant.ts";

/** Every commit between a violation and the record of its delivery in the long form, a part of them otherwise. */
const STEP = inject("isFullRun") ? 1 : 4;
/** How long a server may take for one attempt to send. */
const LEASE_MS = 120_000;
const SERVER_ENVIRONMENT = { MUSTER_WEBHOOK_ALLOW_PRIVATE: "127.0.0.1", MUSTER_LOG_LEVEL: "warn" };

const cleanUp: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const undo of cleanUp.splice(0).toReversed()) await undo();
});

/** Undefined when no server answered, because it was killed. */
async function ask(method: string, url: string, bearer: string, body?: unknown) {
  const headers = { authorization: `Bearer ${bearer}`, "content-type": "application/json" };
  const sent = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
  const answer = await fetch(url, sent).catch(() => null);
  const text = await answer?.text().catch(() => null);
  if (!answer || typeof text !== "string") return undefined;
  if (!answer.ok) throw new Error(`${new URL(url).pathname} answered ${answer.status}: ${text}`);
  return JSON.parse(text);
}

type SetUp = { apiKey: string; token: string };

/** An organization with one rule whose violations are sent to the receiver, and a token to enrol devices. */
async function setUp(shell: TestShell, url: string, receiver: HttpReceiver): Promise<SetUp> {
  const tenant = await makeTenant(url, shell, "Killed", ["owner"]);
  async function create(what: string, body: object): Promise<{ id: string }> {
    const answer = await send(url, "post", `/api/v1/${what}`, tenant.as("owner"), body);
    expect(answer).toMatchObject({ status: 201 });
    return answer.body;
  }
  const settings = { metric: "cpu", operator: ">", critical: 90, clear: 80, forS: 0 };
  // More specific than the rule that every organization begins with.
  const scope = { kind: "class", deviceClass: "server" };
  await create("alarm-rules", { name: "CPU busy", type: "metric", scope, settings });
  const chat = { name: "Chat", type: "webhook", settings: { url: receiver.url } };
  const { id: channelId } = await create("channels", chat);
  await create("notification-policies", {
    name: "All",
    recipients: { channelIds: [channelId] },
    collectS: 0,
  });
  const key = await tenant.key(["read", "write"]);
  if (key.kind !== "bearer") throw new Error("the key is no key");
  return { apiKey: key.secret, token: await makeEnrolmentToken(url, key.secret) };
}

/** A server that is started again whenever it was killed. */
function keepStarting(environment: Record<string, string>) {
  let isStopping = false;
  let kills = 0;
  let server = start();

  function start(): ServerProcess {
    const started = startKillAtCommitServer({ ...environment, ...SERVER_ENVIRONMENT });
    void started.exited.then(() => {
      if (isStopping) return;
      kills += 1;
      server = start();
    });
    return started;
  }

  cleanUp.push(async () => {
    isStopping = true;
    server.process.kill("SIGKILL");
    await server.exited;
  });
  return {
    url: async () => (await server.ready).url,
    arm: (order: Parameters<typeof armKill>[1]) => armKill(server, order),
    kills: () => kills,
    /** Kills it no more. Returns how often it was killed, once it is certain. */
    async disarm(): Promise<number> {
      const armed = server;
      await Promise.race([armKill(armed, { count: Number.MAX_SAFE_INTEGER, when: "before" }), armed.exited]);
      await server.ready;
      return kills;
    },
  };
}

type KeptServer = ReturnType<typeof keepStarting>;

let sequence = 0;

/** Reports until a server has answered. */
async function report(
  cpu: number,
  { bearer }: EnrolledDevice,
  servers: readonly KeptServer[],
): Promise<void> {
  sequence += 1;
  const now = Date.now();
  const samples = [{ at: now, cpu, memory: 10, disk: 10 }];
  const body = { v: 1, epoch: "epoch1", lane: "live", sequence, sentAt: now, bootId: "boot", samples };
  for (;;) {
    for (const { url } of servers)
      if (await ask("POST", `${await url()}/api/v1/agent/report`, bearer, body)) return;
  }
}

type Outcome = {
  alarms: { id: string; occurrences: number }[];
  deliveries: { state: string; messageId: string }[];
};

/** What the servers know about the alarms of a device. */
async function readOutcome(url: string, apiKey: string, deviceId: string): Promise<Outcome> {
  const alarms = (await ask("GET", `${url}/api/v1/alarms?deviceId=${deviceId}`, apiKey))?.items ?? [];
  const deliveries = alarms.map(({ id }: { id: string }) =>
    ask("GET", `${url}/api/v1/deliveries?alarmId=${id}`, apiKey),
  );
  return { alarms, deliveries: (await Promise.all(deliveries)).flatMap((page) => page?.items ?? []) };
}

/** Ids of the messages about an alarm, as often as each was received. */
function messagesAbout({ received }: HttpReceiver, alarmId: string | undefined): string[] {
  type Event = { alarm: { id: string } };
  return received.flatMap(({ json, headers }) =>
    json.data.events.some(({ alarm }: Event) => alarm.id === alarmId) ? [headers["webhook-id"] ?? ""] : [],
  );
}

describe("servers that are killed between a violation and its delivery", () => {
  /** Violations, during each of which the first server is killed at another commit, until one ends without a kill. */
  async function violateUntilAlive(
    servers: readonly [KeptServer, ...KeptServer[]],
    { when, afterKill }: { when: "before" | "after"; afterKill: () => Promise<void> },
    { apiKey, token }: SetUp,
    receiver: HttpReceiver,
  ): Promise<number> {
    const [first] = servers;
    for (let count = 1; ; count += STEP) {
      const device = await enrolDevice(await first.url(), token);
      await report(20, device, servers);
      const killsBefore = first.kills();
      await first.arm({ count, when });
      await report(97, device, servers);
      await expect
        .poll(async () => {
          if (first.kills() > killsBefore) await afterKill();
          return readOutcome(await (servers[1] ?? first).url(), apiKey, device.id);
        })
        .toMatchObject({ alarms: [{ occurrences: 1 }], deliveries: [{ state: "sent" }] });
      const kills = (await first.disarm()) - killsBefore;
      const { alarms } = await readOutcome(await first.url(), apiKey, device.id);
      const messages = messagesAbout(receiver, alarms[0]?.id);
      expect(new Set(messages).size).toBe(1);
      expect(messages.length).toBeLessThanOrEqual(1 + kills);
      if (kills === 0) return count;
    }
  }

  it.each(["before", "after"] as const)(
    "%s any commit, on SQLite: open one alarm and send it",
    async (when) => {
      const [shell, receiver] = await Promise.all([openShell("sqlite"), startHttpReceiver()]);
      cleanUp.push(() => shell.remove(), receiver.close);
      const server = keepStarting(shell.environment);
      const given = await setUp(shell, await server.url(), receiver);
      const nothing = async () => undefined;
      const commits = await violateUntilAlive([server], { when, afterKill: nothing }, given, receiver);
      expect(commits).toBeGreaterThan(STEP);
    },
  );

  it.each(["before", "after"] as const)(
    "%s any commit, one of two on PostgreSQL: open one alarm and send it",
    async (when) => {
      const [shell, receiver] = await Promise.all([openShell("postgres"), startHttpReceiver()]);
      cleanUp.push(() => shell.remove(), receiver.close);
      const first = keepStarting(shell.environment);
      const given = await setUp(shell, await first.url(), receiver);
      const second = keepStarting(shell.environment);
      await second.url();
      const client = new Client({ connectionString: shell.databaseUrl });
      await client.connect();
      cleanUp.push(() => client.end());
      // Two minutes are long for a test: the lease of what the killed server was sending ends earlier.
      const endLeases = async () => {
        const startedAt = Date.now() - 5_000;
        await client.query(
          "update notification_messages set due_at = 0 where lease_token is not null and due_at < $1",
          [startedAt + LEASE_MS],
        );
      };
      const commits = await violateUntilAlive(
        [first, second],
        { when, afterKill: endLeases },
        given,
        receiver,
      );
      expect(commits).toBeGreaterThan(STEP);
    },
  );
});
