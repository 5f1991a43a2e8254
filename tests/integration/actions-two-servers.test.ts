import type { Action, QueuedActions } from "@muster/shared/contracts/action.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ActionDevice, enrolActionDevice } from "../harness/action-world.ts";
import { openShell, type TestShell } from "../harness/command-line.ts";
import { type ComposedServer, startComposedServer } from "../harness/composed-server.ts";
import { enrolDevice, makeEnrolmentToken } from "../harness/enrol-device.ts";
import { type EventReader, readEvents } from "../harness/event-reader.ts";
import type { FleetServer } from "../harness/fleet-server.ts";

const TRIES = 5;
const DONE = {
  outcome: "done",
  result: { shown: [{ user: "ann", by: "notify-send" }], notShown: [], pressed: null },
} as const;

/** Asks a server over the wire as the worlds of other tests ask theirs. */
function askAt(url: string): FleetServer["ask"] {
  return async (method, path, { bearer, body } = {}) => {
    const headers = new Headers({ "content-type": "application/json" });
    if (bearer !== undefined) headers.set("authorization", `Bearer ${bearer}`);
    const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
    const answer = await fetch(`${url}${path}`, init);
    const text = await answer.text();
    return { status: answer.status, body: text === "" ? null : JSON.parse(text) };
  };
}

describe("an action queued through one of two servers on one PostgreSQL", () => {
  let shell: TestShell;
  let servers: [ComposedServer, ComposedServer];
  let apiKey: string;
  let device: ActionDevice;
  let stream: EventReader;
  /** Which server the device asks. */
  let asked: ComposedServer;

  beforeAll(async () => {
    shell = await openShell("postgres");
    ({ apiKey } = (await shell.run(["org", "create", "Shared"], { json: true })).json);
    servers = [await startComposedServer(shell.environment), await startComposedServer(shell.environment)];
    const [first, second] = servers;
    const token = await makeEnrolmentToken(first.url, apiKey);
    const tenant = {
      enrol: ({ publicKey }: { publicKey?: string } = {}) => enrolDevice(first.url, token, { publicKey }),
    };
    asked = second;
    device = await enrolActionDevice({ ask: (...said) => askAt(asked.url)(...said) }, tenant);
    stream = await readEvents(`${second.url}/api/v1/agent/stream`, device.bearer);
  });
  afterAll(async () => {
    await stream?.close();
    await Promise.all((servers ?? []).map((server) => server.close()));
    await shell?.remove();
  });

  async function nudged(): Promise<void> {
    expect(await stream.next()).toMatchObject({ event: "nudge" });
  }
  async function queue(): Promise<string> {
    const body = {
      type: "message",
      payload: { title: "Hello", text: "World" },
      deviceIds: [device.id],
    };
    const answer = await askAt(servers[0].url)("POST", "/api/v1/actions", { bearer: apiKey, body });
    expect(answer.status).toBe(201);
    const queued: QueuedActions = answer.body;
    return queued.actions[0]?.id ?? "";
  }
  async function read(server: ComposedServer, id: string): Promise<Action> {
    return (await askAt(server.url)("GET", `/api/v1/actions/${id}`, { bearer: apiKey })).body;
  }

  test("is announced and handed out by the other one, without a request of the device", async () => {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const id = await queue();
      await nudged();
      const { nonce, orders } = await device.claim();
      expect(orders.map(({ actionId }) => actionId)).toEqual([id]);
      expect((await device.start(id, nonce)).status).toBe(204);
      expect((await device.finish(id, DONE)).status).toBe(204);
      expect((await read(servers[0], id)).state).toBe("done");
    }
  });

  test("is cancelled through the first one while the device has it from the other", async () => {
    const id = await queue();
    await nudged();
    const { nonce } = await device.claim();
    const cancelled = await askAt(servers[0].url)("POST", `/api/v1/actions/${id}/cancel`, { bearer: apiKey });
    expect(cancelled.status).toBe(200);
    await nudged();
    const { answer, orders } = await device.claim();
    expect([orders, answer.body.cancelAsked]).toEqual([[], [id]]);
    expect((await device.start(id, nonce)).status).toBe(409);
  });

  test("is handed out once when the device claims from both at the same time", async () => {
    const id = await queue();
    await nudged();
    const claiming = servers.map((server) => {
      asked = server;
      return device.claim();
    });
    const claims = await Promise.all(claiming);
    expect(claims.flatMap(({ orders }) => orders.map(({ actionId }) => actionId))).toEqual([id]);
  });
});
