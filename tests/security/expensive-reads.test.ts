import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type ComposedServer, startComposedServer } from "../harness/composed-server.ts";
import { openShell, type TestShell } from "../harness/command-line.ts";
import { enrolDevice, makeEnrolmentToken } from "../harness/enrol-device.ts";
import { openBenchStore } from "../load/harness/seed-fleet.ts";

const AUDIT_ROWS = 20_000;
const NO_HIT = "/api/v1/audit?search=nowhere";
/** One read of an organization runs and 32 wait. */
const ACCEPTED = 33;

/** Statements of lists, searches and history; jobs have none of these. */
const EXPENSIVE = /\blike\b|name_sort|at, received_at, previous|"history_\w+" where "device_no" in/;

/** So that only the queue of reads refuses. */
const NO_OTHER_LIMITS = Object.fromEntries(
  ["MEMBER_REQUESTS", "MEMBER_WORK_MS", "ORGANIZATION_WORK_MS"].flatMap((limit) => [
    [`MUSTER_${limit}_PER_S`, "1000000"],
    [`MUSTER_${limit}_AT_ONCE`, "1000000"],
  ]),
);

let shell: TestShell;
let server: ComposedServer;
let noisy: { orgId: string; apiKey: string };
let calm: { orgId: string; apiKey: string };
let deviceId: string;

async function organization(name: string) {
  return (await shell.run(["org", "create", name], { json: true })).json;
}

/** Copies one entry of the organization, so that a search has much to read, and lets its key search. */
async function fillAuditLog(orgId: string): Promise<void> {
  const store = await openBenchStore(shell.environment);
  try {
    const row = await store.read
      .selectFrom("audit_entries")
      .selectAll()
      .where("org_id", "=", orgId)
      .limit(1)
      .executeTakeFirstOrThrow();
    await store.transaction(async (tx) => {
      await tx.updateTable("api_keys").set({ fixed_role: "owner" }).where("org_id", "=", orgId).execute();
      for (let start = 0; start < AUDIT_ROWS; start += 500) {
        const rows = Array.from({ length: 500 }, (_, index) => ({
          ...row,
          id: `ffffffff-ffff-7fff-8fff-${String(start + index).padStart(12, "0")}`,
          search_text: "hay ".repeat(100),
        }));
        await tx.insertInto("audit_entries").values(rows).execute();
      }
    });
  } finally {
    await store.close();
  }
}

beforeAll(async () => {
  shell = await openShell("sqlite");
  noisy = await organization("Noisy");
  calm = await organization("Calm");
  await fillAuditLog(noisy.orgId);
  server = await startComposedServer({ ...shell.environment, ...NO_OTHER_LIMITS });
  const token = await makeEnrolmentToken(server.url, noisy.apiKey);
  ({ id: deviceId } = await enrolDevice(server.url, token));
});
afterAll(async () => {
  await server.close();
  await shell.remove();
});

async function get(path: string, { apiKey }: { apiKey: string }, signal?: AbortSignal) {
  const answer = await fetch(server.url + path, {
    headers: { authorization: `Bearer ${apiKey}` },
    ...(signal && { signal }),
  });
  await answer.text();
  return { status: answer.status, retryAfter: answer.headers.get("retry-after") };
}

describe("expensive reads", () => {
  test("run no statement on the thread that answers requests", async () => {
    const prepare = vi.spyOn(Database.prototype, "prepare");
    const iso = (ms: number) => new Date(ms).toISOString();
    const range = `from=${iso(Date.now() - 86_400_000)}&to=${iso(Date.now())}`;
    const paths = [
      "/api/v1/devices?search=a+b+c+d+e+f+g+h",
      "/api/v1/devices?sort=cpu",
      "/api/v1/devices?osFamily=linux",
      NO_HIT,
      `/api/v1/devices/${deviceId}/history?${range}`,
      `/api/v1/devices/sparklines?ids=${deviceId}`,
    ];
    const statuses = [];
    for (const path of paths) statuses.push((await get(path, noisy)).status);
    const onMainThread = () => prepare.mock.calls.map(([sql]) => sql).filter((sql) => EXPENSIVE.test(sql));
    expect(statuses).toEqual(paths.map(() => 200));
    expect(onMainThread()).toEqual([]);
    // An indexed page is cheap and stays there, which shows that statements are seen.
    await get("/api/v1/devices?sort=name", noisy);
    expect(onMainThread()).toHaveLength(1);
    prepare.mockRestore();
  });

  test("of one organization wait for each other and never for those of another, and are refused when there are too many", async () => {
    const finished: string[] = [];
    const reads = Array.from({ length: ACCEPTED + 20 }, async () => {
      const answer = await get(NO_HIT, noisy);
      if (answer.status === 200) finished.push("noisy");
      return answer;
    });
    await Promise.race(reads);
    expect((await get("/api/v1/devices?search=none", calm)).status).toBe(200);
    finished.push("calm");
    const answers = await Promise.all(reads);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.every(({ retryAfter }) => Number(retryAfter) > 0)).toBe(true);
    expect(finished.lastIndexOf("calm")).toBeLessThan(finished.lastIndexOf("noisy"));
  });

  test("leave the queue when their clients disconnect", async () => {
    const leaving = new AbortController();
    const abandoned = Array.from({ length: ACCEPTED }, () => get(NO_HIT, noisy, leaving.signal));
    await vi.waitFor(async () => expect((await get(NO_HIT, noisy)).status).toBe(429), { timeout: 20_000 });
    leaving.abort();
    await Promise.allSettled(abandoned);
    await vi.waitFor(
      async () => {
        const again = await Promise.all(Array.from({ length: 10 }, () => get(NO_HIT, noisy)));
        expect(again.map(({ status }) => status)).toEqual(Array<number>(10).fill(200));
      },
      { timeout: 20_000 },
    );
  });
});
