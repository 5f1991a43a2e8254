import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiWorld, startApiWorld } from "../harness/api-world.ts";

let world: ApiWorld;

beforeAll(async () => {
  world = await startApiWorld(["web-1"]);
});
afterAll(() => world.remove());

async function createToken(idempotencyKey: string, name: string) {
  const answer = await fetch(`${world.url}/api/v1/enrolment-tokens`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${world.key}`,
      "content-type": "application/json",
      "idempotency-key": idempotencyKey,
    },
    body: JSON.stringify({ name }),
  });
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}

async function countTokens(name: string): Promise<number> {
  const headers = { authorization: `Bearer ${world.key}` };
  const { items } = await (await fetch(`${world.url}/api/v1/enrolment-tokens`, { headers })).json();
  return items.filter((token: { name: string }) => token.name === name).length;
}

test("a POST that is sent again with its Idempotency-Key creates once, and answers as before", async () => {
  const first = await createToken("import-17", "imported");
  const again = await createToken("import-17", "imported");
  expect([first.status, again.status]).toEqual([201, 201]);
  expect(again.body).toEqual(first.body);
  expect([first, again].map(({ headers }) => headers.get("idempotency-replayed"))).toEqual([null, "true"]);
  expect(await countTokens("imported")).toBe(1);
});

test("a refused request can be corrected under the same key", async () => {
  expect((await createToken("import-18", "")).status).toBe(400);
  expect((await createToken("import-18", "corrected")).status).toBe(201);
  expect(await createToken("import-18", "changed")).toMatchObject({
    status: 409,
    body: { error: { code: "conflict", message: expect.stringContaining("Use a new one") } },
  });
});
