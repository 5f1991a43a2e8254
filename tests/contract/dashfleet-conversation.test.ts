import { request } from "node:http";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openShell, type TestShell } from "../harness/command-line.ts";
import { originalReportBytes } from "../harness/dashfleet-world.ts";
import { type ServerProcess, startServerProcess } from "../harness/server-process.ts";

const START_MS = 60_000;

let shell: TestShell;
let server: ServerProcess;
let url: string;
let orgId: string;
/** The key that `muster org create` prints. */
let operator: string;
let agent: string;

type Said = { status: number; body: ReturnType<typeof JSON.parse> };

beforeAll(async () => {
  shell = await openShell("sqlite");
  const made = await shell.run(["org", "create", "Harbour IT"], { json: true });
  ({ orgId, apiKey: operator } = made.json);
  server = startServerProcess(shell.environment);
  ({ url } = await server.ready);
  const key = ["key", "create", "--org", orgId, "--compat", "dashfleet-agent"];
  agent = (await shell.run(key, { json: true })).json.secret;
}, START_MS);
afterAll(async () => {
  server.process.kill("SIGTERM");
  await server.exited;
  await shell.remove();
}, START_MS);

/** Sends these very bytes, with the headers that Python's urllib sends. */
function say(method: string, target: string, key: string, bytes?: string): Promise<Said> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${url}${target}`,
      {
        method,
        headers: {
          "accept-encoding": "identity",
          "user-agent": "Python-urllib/3.11",
          authorization: `Bearer ${key}`,
          connection: "close",
          ...(bytes !== undefined && {
            "content-type": "application/json",
            "content-length": Buffer.byteLength(bytes),
          }),
        },
      },
      (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (chunk: string) => {
          text += chunk;
        });
        answer.once("end", () => resolve({ status: answer.statusCode ?? 0, body: JSON.parse(text) }));
      },
    );
    sent.once("error", reject);
    sent.end(bytes);
  });
}

it("supports DashFleet's original conversation, from the first report to the finished action", async () => {
  expect(await say("POST", "/api/fleet/report", agent, originalReportBytes())).toEqual({
    status: 200,
    body: { ok: true },
  });
  const ping = `{"machine_id":"vm","hardware_id":"0x2fc00000001","timestamp":1795163275.3}`;
  expect(await say("POST", "/api/fleet/ping", agent, ping)).toMatchObject({
    status: 200,
    body: { ok: true, timestamp: expect.any(Number), server_time_offset: expect.any(Number) },
  });

  const fleet = await say("GET", "/api/fleet", operator);
  expect(fleet).toMatchObject({
    status: 200,
    body: { count: 1, expired: [], data: [{ id: `${orgId}:vm`, status: "ONLINE", offline: false }] },
  });
  expect(fleet.body.data[0].report).toEqual(JSON.parse(originalReportBytes()).report);

  const asked = await say(
    "POST",
    "/api/actions/queue",
    operator,
    `{"machine_id": "vm", "action_type": "message", "data": {"message": "Caf\\u00e9 at noon", "title": "Test"}}`,
  );
  expect(asked.status).toBe(201);
  expect(asked.body).toEqual({
    ok: true,
    action_id: expect.stringMatching(new RegExp(`^${orgId}:vm:\\d{13}$`)),
  });
  const actionId = asked.body.action_id;

  expect(await say("GET", "/api/actions/pending?machine_id=vm", agent)).toEqual({
    status: 200,
    body: {
      actions: [{ action_id: actionId, type: "message", data: { message: "Café at noon", title: "Test" } }],
    },
  });
  expect((await say("GET", "/api/actions/pending?machine_id=vm", agent)).body).toEqual({ actions: [] });

  const result = `{"action_id":"${actionId}","status":"done","result":"Notification sent (notify-send)"}`;
  expect(await say("POST", "/api/actions/report", agent, result)).toEqual({
    status: 200,
    body: { ok: true },
  });
  const { body: native } = await say("GET", "/api/v1/actions", operator);
  expect(native.items).toMatchObject([
    { deviceName: "vm", state: "done", result: { says: "Notification sent (notify-send)" } },
  ]);
});

it("supports it with the single key that an installation of DashFleet has", async () => {
  const report = originalReportBytes("server-01");
  expect((await say("POST", "/api/fleet/report", operator, report)).status).toBe(200);
  const body = `{"machine_id":"server-01","action_type":"reboot","data":{}}`;
  const { action_id } = (await say("POST", "/api/actions/queue", operator, body)).body;
  const { body: waiting } = await say("GET", "/api/actions/pending?machine_id=server-01", operator);
  expect(waiting.actions).toEqual([{ action_id, type: "reboot", data: {} }]);
  const result = `{"action_id":"${action_id}","status":"error","result":"sudo: a password is required"}`;
  expect((await say("POST", "/api/actions/report", operator, result)).status).toBe(200);
});

it("refuses an agent that requests what only operators may, without any effect", async () => {
  const before = (await say("GET", "/api/v1/actions", operator)).body.items.length;
  const id = encodeURIComponent(`${orgId}:vm`);
  const reboot = `{"machine_id":"vm","action_type":"reboot","data":{}}`;
  const answers = [
    await say("POST", "/api/actions/queue", agent, reboot),
    await say("GET", "/api/fleet", agent),
    await say("DELETE", `/api/fleet/${id}`, agent),
    await say("DELETE", `/api/fleet/${id}/purge`, agent),
    await say("GET", "/api/orgs", agent),
    await say("POST", "/api/keys/revoke", agent, `{"key":"${operator}"}`),
    await say("POST", "/api/login", "", `{"api_key":"${agent}"}`),
  ];
  for (const answer of answers) expect(answer).toEqual({ status: 403, body: { error: "Unauthorized" } });
  expect((await say("GET", "/api/v1/actions", operator)).body.items).toHaveLength(before);
  expect((await say("GET", "/api/fleet", operator)).body).toMatchObject({ count: 2 });
});
