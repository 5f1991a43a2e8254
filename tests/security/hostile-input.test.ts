import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { ErrorBody } from "@muster/shared/errors.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openShell, type TestShell } from "../harness/command-line.ts";
import { enrolDevice, type EnrolledDevice, makeEnrolmentToken } from "../harness/enrol-device.ts";
import { createReportingDevice, type ReportingDevice } from "../harness/reporting-device.ts";
import { type ServerProcess, startServerProcess } from "../harness/server-process.ts";
import { readStoredSamples } from "../harness/stored-samples.ts";
import { openConnection, type RawAnswer, type RawRequest, readAnswer, sendRaw } from "./raw-request.ts";

const LIMITS = {
  MUSTER_DEVICE_REQUESTS_PER_S: "100000",
  MUSTER_DEVICE_REQUESTS_AT_ONCE: "100000",
  MUSTER_ADDRESS_REQUESTS_PER_S: "100000",
  MUSTER_ADDRESS_REQUESTS_AT_ONCE: "100000",
};
const REPORT = "/api/v1/agent/report";
const SLOW_CONNECTIONS = 40;
/** Four reports a second are within every limit, so none may be refused. */
const BYSTANDER_EVERY_MS = 250;
// The server cuts heads that take longer than 20 s, and looks every 10.
const SLOW_LIMIT_MS = 60_000;

let sequence = 0;

function report(change: object = {}): string {
  sequence += 1;
  const now = Date.now();
  const numbering = { v: 1, epoch: "epoch1", lane: "live", sequence };
  return JSON.stringify({
    ...numbering,
    sentAt: now,
    bootId: "boot-1",
    samples: [{ at: now, cpu: 1 }],
    ...change,
  });
}

const withSample = (sample: object) => report({ samples: [{ at: Date.now(), ...sample }] });
/** A valid report with one value spelt in a way that JSON.stringify does not. */
const spelt = (value: string) => withSample({ cpu: 50 }).replace('"cpu":50', `"cpu":${value}`);

const JSON_TYPE = ["content-type", "application/json"] as const;
const CHUNKED = [JSON_TYPE, ["transfer-encoding", "chunked"]] as const;

function inChunks(bytes: Buffer): Buffer {
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += 65_536) {
    const chunk = bytes.subarray(at, at + 65_536);
    chunks.push(Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from("\r\n"));
  }
  return Buffer.concat([...chunks, Buffer.from("0\r\n\r\n")]);
}

type Attack = { name: string; status: number; code: string } & Partial<RawRequest>;

const BODIES: readonly Attack[] = [
  { name: "malformed JSON", body: '{"v":1,', status: 400, code: "bad-request" },
  { name: "no JSON at all", body: "\u0000\u0001\u0002", status: 400, code: "bad-request" },
  { name: "an empty body", body: "", status: 400, code: "bad-request" },
  {
    name: "bytes that are no UTF-8",
    body: Buffer.from([0x22, 0xff, 0xfe, 0x22]),
    status: 400,
    code: "bad-request",
  },
  { name: "an array", body: "[]", status: 400, code: "bad-request" },
  { name: "null", body: "null", status: 400, code: "bad-request" },
  { name: "text for a number", body: spelt('"50"'), status: 400, code: "bad-request" },
  { name: "a number for text", body: report({ bootId: 7 }), status: 400, code: "bad-request" },
  { name: "an object for an array", body: report({ samples: {} }), status: 400, code: "bad-request" },
  { name: "NaN", body: spelt("NaN"), status: 400, code: "bad-request" },
  { name: "infinity", body: spelt("1e999"), status: 400, code: "bad-request" },
  { name: "9999 % cpu", body: withSample({ cpu: 9999 }), status: 400, code: "bad-request" },
  { name: "less than nothing", body: withSample({ memory: -1 }), status: 400, code: "bad-request" },
  {
    name: "a sequence beyond what is counted",
    body: report({ sequence: 2 ** 60 }),
    status: 400,
    code: "bad-request",
  },
  {
    name: "an instant beyond all calendars",
    body: withSample({ at: 1e300 }),
    status: 400,
    code: "bad-request",
  },
  {
    name: "33 unknown fields",
    body: report(Object.fromEntries(Array.from({ length: 33 }, (_, index) => [`isAdmin${index}`, true]))),
    status: 400,
    code: "bad-request",
  },
  {
    name: "33 unknown fields in a sample",
    body: withSample(Object.fromEntries(Array.from({ length: 33 }, (_, index) => [`new${index}`, 5]))),
    status: 400,
    code: "bad-request",
  },
  {
    name: "a prototype",
    body: report().replace('"v":1', '"v":1,"__proto__":{"isAdmin":true}'),
    status: 400,
    code: "bad-request",
  },
  {
    name: "501 samples",
    body: report({ samples: Array.from({ length: 501 }, () => ({ at: 1 })) }),
    status: 400,
    code: "bad-request",
  },
  { name: "NUL", body: report({ facts: { user: "a\u0000b" } }), status: 400, code: "bad-request" },
  {
    name: "half a surrogate pair",
    body: report({ facts: { user: "\ud800" } }),
    status: 400,
    code: "bad-request",
  },
  {
    name: "control characters",
    body: report({ facts: { user: "a\u001b[2Jb" } }),
    status: 400,
    code: "bad-request",
  },
  {
    name: "10,000 letters",
    body: report({ facts: { user: "x".repeat(10_000) } }),
    status: 400,
    code: "bad-request",
  },
  { name: "JSON of 200,000 levels", body: "[".repeat(200_000), status: 400, code: "bad-request" },
  {
    name: "well-formed JSON of 200,000 levels",
    body: `${"[".repeat(200_000)}${"]".repeat(200_000)}`,
    status: 400,
    code: "bad-request",
  },
  { name: "10 MB", body: Buffer.alloc(10_000_000, 0x20), status: 413, code: "too-large" },
  {
    name: "10 MB in chunks",
    headers: CHUNKED,
    contentLength: null,
    body: inChunks(Buffer.alloc(10_000_000, 0x20)),
    status: 413,
    code: "too-large",
  },
  {
    name: "10 MB on a route off the hot path",
    path: "/api/v1/agent/actions/claim",
    body: Buffer.alloc(10_000_000, 0x20),
    status: 413,
    code: "too-large",
  },
];

const HEADS: readonly Attack[] = [
  {
    name: "another content type",
    headers: [["content-type", "text/plain"]],
    status: 415,
    code: "unsupported-media-type",
  },
  { name: "no content type", headers: [], status: 415, code: "unsupported-media-type" },
  {
    name: "a form",
    headers: [["content-type", "application/x-www-form-urlencoded"]],
    status: 415,
    code: "unsupported-media-type",
  },
  {
    name: "a compression that is not taken",
    headers: [JSON_TYPE, ["content-encoding", "br"]],
    status: 415,
    code: "unsupported-media-type",
  },
  {
    name: "gzip that is none",
    headers: [JSON_TYPE, ["content-encoding", "gzip"]],
    status: 400,
    code: "bad-request",
  },
  {
    name: "a gzip bomb",
    headers: [JSON_TYPE, ["content-encoding", "gzip"]],
    body: gzipSync(Buffer.alloc(200_000_000)),
    status: 413,
    code: "too-large",
  },
  {
    name: "a small gzip bomb",
    headers: [JSON_TYPE, ["content-encoding", "gzip"]],
    body: gzipSync(Buffer.alloc(10_000_000)),
    status: 413,
    code: "too-large",
  },
  {
    name: "two lengths",
    headers: [JSON_TYPE, ["content-length", "5"]],
    status: 400,
    code: "bad-request",
  },
  { name: "a length that is none", headers: [], contentLength: "many", status: 400, code: "bad-request" },
  {
    name: "a length and chunks",
    headers: [JSON_TYPE, ["transfer-encoding", "chunked"]],
    status: 400,
    code: "bad-request",
  },
  { name: "a head of 100 kB", headers: [["x-padding", "x".repeat(100_000)]], status: 413, code: "too-large" },
  { name: "a header with a line break", headers: [["x-a", "b\rc"]], status: 400, code: "bad-request" },
];

describe("hostile input at a real server", () => {
  let shell: TestShell;
  let server: ServerProcess;
  let url: string;
  let victim: EnrolledDevice;
  let enrolmentToken: string;
  let apiKey: string;
  let metricsKey: string;
  let bystander: ReportingDevice;
  let bystanding: Promise<void>;
  let slow: Promise<RawAnswer[]>;
  const stop = new AbortController();
  const secrets: string[] = [];

  beforeAll(async () => {
    shell = await openShell("sqlite");
    server = startServerProcess({ ...shell.environment, ...LIMITS });
    ({ url } = await server.ready);
    const made = (await shell.run(["org", "create", "Attacked"], { json: true })).json;
    ({ apiKey } = made);
    const keys = ["key", "create", "--org", made.orgId, "--name", "metrics", "--scopes", "metrics"];
    metricsKey = (await shell.run(keys, { json: true })).json.secret;
    enrolmentToken = await makeEnrolmentToken(url, apiKey);
    victim = await enrolDevice(url, enrolmentToken);
    const other = (await shell.run(["org", "create", "Bystander"], { json: true })).json;
    const otherToken = await makeEnrolmentToken(url, other.apiKey);
    bystander = createReportingDevice(await enrolDevice(url, otherToken));
    secrets.push(
      apiKey,
      metricsKey,
      enrolmentToken,
      victim.bearer,
      other.apiKey,
      otherToken,
      bystander.bearer,
    );
    bystanding = bystander.report(() => Promise.resolve(url), stop.signal, {
      lanes: ["live"],
      everyMs: BYSTANDER_EVERY_MS,
    });
    slow = Promise.all(Array.from({ length: SLOW_CONNECTIONS }, () => dripHead()));
  }, 60_000);
  afterAll(async () => {
    stop.abort();
    server.process.kill("SIGKILL");
    await server.exited;
    await bystanding;
    await shell.remove();
  });

  /** Sends a head without its end, and waits to be cut off. */
  function dripHead(): Promise<RawAnswer> {
    const socket = openConnection(url);
    socket.write(
      `POST ${REPORT} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${victim.bearer}\r\nx-slow:`,
    );
    return readAnswer(socket);
  }
  function attack({ headers, body = report(), ...request }: Partial<RawRequest>, bearer = victim.bearer) {
    const all = [["authorization", `Bearer ${bearer}`] as const, ...(headers ?? [JSON_TYPE])];
    return sendRaw(url, { path: REPORT, ...request, headers: all, body });
  }
  async function ask(route: string, bearer = apiKey) {
    const answer = await fetch(url + route, { headers: { authorization: `Bearer ${bearer}` } });
    return { status: answer.status, text: await answer.text() };
  }
  function expectRefused(answer: RawAnswer, status: number, code: string): void {
    expect(answer.status, answer.head).toBe(status);
    const { error } = ErrorBody.parse(answer.body);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(/^[A-Z].{10,}[.:]$/);
    expect(error.requestId).not.toBe("");
  }

  it.each(BODIES)("refuses $name", async ({ name: _name, status, code, ...request }) => {
    expectRefused(await attack(request), status, code);
  });

  it.each(HEADS)("refuses $name in the head", async ({ name: _name, status, code, ...request }) => {
    expectRefused(await attack(request), status, code);
  });

  it("refuses foreign, wrong and malformed credentials on a device's route, and a device's on others", async () => {
    const wrong = `md_${"A".repeat(43)}`;
    for (const bearer of [wrong, "", "md_", "x".repeat(5_000), `${victim.bearer}x`, "%00"]) {
      expectRefused(await attack({}, bearer), 401, "unauthenticated");
    }
    for (const bearer of [apiKey, metricsKey]) expectRefused(await attack({}, bearer), 403, "forbidden");
    expectRefused(await attack({}, enrolmentToken), 401, "unauthenticated");
    expect((await ask("/api/v1/devices", victim.bearer)).status).toBe(403);
    expect((await ask("/metrics", victim.bearer)).status).toBe(403);
    const doubled = await attack({ headers: [["authorization", `Bearer ${wrong}`]], body: report() });
    expect([400, 401, 415]).toContain(doubled.status);
  });

  it("refuses a credential from the moment at which its device left", async () => {
    const leaving = await enrolDevice(url, enrolmentToken);
    secrets.push(leaving.bearer);
    const left = await attack({ path: "/api/v1/agent/leave", body: "{}" }, leaving.bearer);
    expect(left.status).toBe(204);
    expectRefused(await attack({}, leaving.bearer), 401, "unauthenticated");
  });

  it.each([
    ["control characters", "a\u0007b"],
    ["a line break", "a\nb"],
    ["10,000 letters", "x".repeat(10_000)],
    ["nothing but spaces", "   "],
  ])("does not enrol a device whose name is %s", async (_name, hostname) => {
    await expect(enrolDevice(url, enrolmentToken, { hostname })).rejects.toThrow("answered 400");
  });

  it("refuses samples from 1970 and 2200, and reports it", async () => {
    const device = await enrolDevice(url, enrolmentToken);
    secrets.push(device.bearer);
    const samples = [
      { at: 86_400_000, cpu: 1 },
      { at: Date.UTC(2200, 0), cpu: 1 },
    ];
    const answer = await attack({ body: report({ samples }) }, device.bearer);
    expect(answer).toMatchObject({ status: 200, body: { stored: true, refusedSamples: 2 } });
  });

  it("closes the connection of a client that sends a head without end", {
    timeout: SLOW_LIMIT_MS,
  }, async () => {
    for (const answer of await slow) expectRefused(answer, 400, "bad-request");
  });

  it("stored nothing of it, affected no other client, failed nowhere, and kept every secret", async () => {
    const device = JSON.parse((await ask(`/api/v1/devices/${victim.id}`)).text);
    expect(device).toMatchObject({ id: victim.id, lastReportAt: null });
    const metrics = (await ask("/metrics", metricsKey)).text;
    expect(metrics).toMatch(/muster_http_requests_total\{.*status="400"\} \d+/);
    expect(metrics).not.toMatch(/muster_http_requests_total\{.*status="(429|5\d\d)"\}/);
    stop.abort();
    await bystanding;
    server.process.kill("SIGTERM");
    expect(await server.exited).toBe(0);

    const stored = await readStoredSamples(shell.databaseUrl);
    expect([...stored.keys()]).toEqual([bystander.id]);
    const serials = (stored.get(bystander.id) ?? []).map(({ netIn }) => netIn);
    expect(serials.toSorted((a, b) => a - b)).toEqual([...bystander.answered].toSorted((a, b) => a - b));

    const folder = path.join(shell.dataDir, "logs");
    const logs = await Promise.all(
      (await readdir(folder)).map((name) => readFile(path.join(folder, name), "utf8")),
    );
    const said = [...logs, server.stdout(), server.stderr()].join("\n");
    expect(said).not.toContain('"stack"');
    expect(said).not.toMatch(/failed unexpectedly|"level":50/);
    for (const secret of secrets) expect(said).not.toContain(secret);
    expect(server.stderr()).toBe("");
  });
});
