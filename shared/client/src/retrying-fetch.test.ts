import { expect, test } from "vitest";
import { createRetryingFetch } from "./retrying-fetch.ts";

type Answer = { status: number; retryAfter?: string };

/** A server that gives these answers in turn, the last one for ever. */
function serve(answers: readonly Answer[], maxAttempts = 5) {
  const bodies: string[] = [];
  const waits: number[] = [];
  const send = createRetryingFetch({
    maxAttempts,
    async fetch(request) {
      const { status, retryAfter } = answers[Math.min(bodies.length, answers.length - 1)] ?? { status: 500 };
      bodies.push(await request.text());
      return new Response("{}", { status, headers: retryAfter ? { "retry-after": retryAfter } : {} });
    },
    wait: async (ms) => void waits.push(ms),
  });
  return { send, bodies, waits };
}

const BUSY = { status: 503, retryAfter: "5" };
const post = (body: unknown, headers = {}) =>
  new Request("http://muster.test/api", { method: "POST", body: JSON.stringify(body), headers });

test("sends a read again after the time that the server names", async () => {
  const { send, bodies, waits } = serve([BUSY, { status: 429, retryAfter: "2" }, { status: 200 }]);
  expect((await send(new Request("http://muster.test/api"))).status).toBe(200);
  expect(bodies).toHaveLength(3);
  expect(waits).toEqual([5000, 2000]);
});

test("doubles the wait when the server names none", async () => {
  const { send, waits } = serve([{ status: 503 }], 4);
  expect((await send(new Request("http://muster.test/api"))).status).toBe(503);
  expect(waits).toEqual([500, 1000, 2000]);
});

test("sends a POST once", async () => {
  const { send, bodies } = serve([BUSY, { status: 201 }]);
  expect((await send(post({ type: "reboot" }))).status).toBe(503);
  expect(bodies).toHaveLength(1);
});

test.each([
  ["header", post({ type: "reboot" }, { "idempotency-key": "a" })],
  ["field", post({ type: "reboot", idempotencyKey: "a" })],
])("sends a POST with an idempotency key in a %s again, with its body", async (_, request) => {
  const { send, bodies } = serve([BUSY, { status: 201 }]);
  expect((await send(request)).status).toBe(201);
  expect(bodies).toHaveLength(2);
  expect(bodies[1]).toBe(bodies[0]);
  expect(bodies[1]).toContain("reboot");
});

test.each([400, 404, 409, 500])("does not send again what was answered %i", async (status) => {
  const { send, bodies } = serve([{ status }, { status: 200 }]);
  expect((await send(new Request("http://muster.test/api"))).status).toBe(status);
  expect(bodies).toHaveLength(1);
});

test("returns an answer that asks for a wait of more than a minute", async () => {
  const { send, waits } = serve([{ status: 429, retryAfter: "3600" }]);
  expect((await send(new Request("http://muster.test/api"))).status).toBe(429);
  expect(waits).toEqual([]);
});

test("stops waiting when the request is aborted", async () => {
  const controller = new AbortController();
  const send = createRetryingFetch({
    maxAttempts: 5,
    async fetch() {
      queueMicrotask(() => controller.abort(new Error("stopped")));
      return new Response("{}", { status: 503, headers: { "retry-after": "50" } });
    },
  });
  const sent = send(new Request("http://muster.test/api", { signal: controller.signal }));
  await expect(sent).rejects.toThrow("stopped");
});
