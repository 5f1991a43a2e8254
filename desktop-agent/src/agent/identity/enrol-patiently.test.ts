import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { HOME } from "../../../../tests/harness/fake-agent.ts";
import { createCollectors } from "../../collectors/create-collectors.ts";
import { createFakePlatform } from "../../platform/fake/fake-platform.ts";
import { enrolPatiently } from "./enrol-patiently.ts";

const ID = "01890a5d-ac96-774b-bcce-b302099a8057";
const closers: (() => void)[] = [];

afterEach(() => {
  for (const close of closers.splice(0)) close();
});

type Answer = { status: number; retryAfter?: string };

/** Answers one after the other, the last one again and again, and notes when each request came. */
async function startServer(answers: Answer[], nowMs: () => number) {
  const cameAtMs: number[] = [];
  const server = createServer((request, response) => {
    const answer = answers[Math.min(cameAtMs.length, answers.length - 1)] ?? { status: 201 };
    cameAtMs.push(nowMs());
    request.resume();
    const headers = answer.retryAfter === undefined ? {} : { "retry-after": answer.retryAfter };
    const body =
      answer.status === 201
        ? {
            deviceId: ID,
            credential: "md_secret",
            intervalS: 30,
            approved: true,
            organization: { id: ID, name: null, signingKeys: [] },
          }
        : { error: { code: "rate-limited", message: "Too many.", requestId: "r" } };
    response
      .writeHead(answer.status, { "content-type": "application/json", ...headers })
      .end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, cameAtMs };
}

async function enrolAt(
  answers: Answer[],
  {
    random = (): number => 0.5,
    retriesUnreached = false,
    forMs = 300_000,
    signal = new AbortController().signal,
  } = {},
) {
  const platform = createFakePlatform();
  const { url, cameAtMs } = await startServer(answers, platform.clock.monotonicMs);
  const waits: number[] = [];
  const passing = setInterval(() => void platform.clock.advance(250), 2);
  const outcome = await enrolPatiently(
    {
      platform,
      collectors: createCollectors(platform),
      home: HOME,
      random,
      agent: { version: "0.1.0", runtime: "Node 24", variant: "headless" },
    },
    { server: { url, caPem: null, insecureHttp: false }, token: `mt_${"t".repeat(43)}`, replaces: false },
    { forMs, retriesUnreached, waits: (_, waitMs) => void waits.push(waitMs), signal },
  ).finally(() => clearInterval(passing));
  return { outcome, cameAtMs, waits };
}

const gaps = (instants: number[]) => instants.slice(1).map((at, index) => at - (instants[index] ?? 0));

describe("enrolPatiently", () => {
  it("waits at least as long as the server requests, then enrols", async () => {
    for (const [status, retryAfter] of [
      [429, "20"],
      [503, "45"],
      [429, "1"],
    ] as const) {
      const { outcome, cameAtMs } = await enrolAt([
        { status, retryAfter },
        { status, retryAfter },
        { status: 201 },
      ]);
      expect(outcome.kind).toBe("enrolled");
      expect(Math.min(...gaps(cameAtMs))).toBeGreaterThanOrEqual(Number(retryAfter) * 1000);
    }
  });

  it("spreads machines that were all told to wait equally long", async () => {
    const firstWaits = [];
    for (const share of [0, 0.25, 0.5, 0.75]) {
      const { waits } = await enrolAt([{ status: 429, retryAfter: "20" }, { status: 201 }], {
        random: () => share,
      });
      firstWaits.push(waits[0] ?? 0);
    }
    expect(Math.max(...firstWaits) - Math.min(...firstWaits)).toBeGreaterThan(10_000);
    expect(new Set(firstWaits).size).toBe(4);
  });

  it("gives up when its time is over, and immediately where waiting does not help", async () => {
    const busy = await enrolAt([{ status: 429, retryAfter: "60" }], { forMs: 200_000 });
    expect(busy.outcome).toMatchObject({ kind: "unreached", reason: "The server answered 429." });
    expect(busy.cameAtMs.length).toBeLessThanOrEqual(4);
    const broken = await enrolAt([{ status: 500 }]);
    expect(broken.waits).toEqual([]);
  });

  it("retries a server that is not reached for an unattended installation, until it is stopped", async () => {
    const { outcome, waits } = await enrolAt(
      [{ status: 500 }, { status: 500 }, { status: 500 }, { status: 201 }],
      {
        retriesUnreached: true,
      },
    );
    expect(outcome.kind).toBe("enrolled");
    expect(waits.length).toBeGreaterThan(0);
    const stopped = new AbortController();
    stopped.abort();
    const ended = await enrolAt([{ status: 500 }], { retriesUnreached: true, signal: stopped.signal });
    expect(ended.outcome.kind).toBe("unreached");
  });
});
