import { createServer, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { createServer as createTcpServer, type AddressInfo, type Server } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import {
  TEST_AUTHORITY,
  TEST_CERTIFICATE,
  TEST_CERTIFICATE_KEY,
} from "../../../../tests/harness/test-certificates.ts";
import { createSystemClock } from "../../platform/system-clock.ts";
import { chooseProxy, NO_PROXY } from "../../transport/proxy.ts";
import { probeServer } from "../../transport/probe-server.ts";
import type { SetupForm } from "../ipc-contract.ts";
import { isPassed, trySetup } from "./try-setup.ts";

const deps = { clock: createSystemClock(), random: () => 0.5, proxyFor: NO_PROXY };
const TOKEN = "me_0123456789012345678901234567890123456789";
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function listen(server: Server, host = "127.0.0.1"): Promise<number> {
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, host, resolve));
  closers.push(() => server.close());
  const address = server.address() as AddressInfo;
  return address.port;
}

type Said = { health?: unknown; aheadMs?: number; token?: { status: number; body: unknown } };

function muster({ health, aheadMs = 0, token }: Said = {}): RequestListener {
  return (request, response) => {
    const isHealth = request.url === "/api/health";
    const checked = token ?? { status: 200, body: { organization: "Acme", needsApproval: false } };
    response.writeHead(isHealth ? 200 : checked.status, {
      date: new Date(Date.now() - aheadMs).toUTCString(),
      connection: "close",
    });
    const well = health ?? { status: "ok", version: "0.1.0", database: "ok" };
    response.end(JSON.stringify(isHealth ? well : checked.body));
  };
}
const refused = (message: string) => ({
  status: 403,
  body: {
    error: {
      code: "enrolment-refused",
      message: "no",
      requestId: "r",
      details: [{ path: "token", message }],
    },
  },
});

async function problemOf(server: string, changes: Partial<SetupForm> = {}) {
  const form = { server, token: TOKEN, caPem: null, isInsecureHttpAllowed: false, ...changes };
  const { steps } = await trySetup(form, deps);
  const failed = steps.find(({ result }) => result === "failed");
  const at = steps.findIndex((step) => step === failed);
  expect(steps.map(({ step }) => step)).toEqual(["address", "certificate", "server", "token"]);
  expect(steps.slice(0, at).every(({ result }) => result === "ok")).toBe(true);
  expect(steps.slice(at + 1).every(({ result }) => result === (failed ? "skipped" : "ok"))).toBe(true);
  return failed ? `${failed.step}: ${failed.problem?.code}` : "none";
}

const overHttp = async (said?: Said) => `http://127.0.0.1:${await listen(createServer(muster(said)))}`;
const tlsServer = () => createTlsServer({ cert: TEST_CERTIFICATE, key: TEST_CERTIFICATE_KEY }, muster());
const overTls = async () => `https://127.0.0.1:${await listen(tlsServer())}`;

describe("the test of address and token", () => {
  it("passes every step for a Muster server that would accept the token", async () => {
    const trial = await trySetup(
      { server: await overHttp(), token: TOKEN, caPem: null, isInsecureHttpAllowed: false },
      deps,
    );
    expect(isPassed(trial.steps)).toBe(true);
  });

  it("takes the proxy on the way to the server for every step", async () => {
    const asked: string[] = [];
    const proxy = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      const url = URL.parse(request.url ?? "")?.pathname ?? "";
      muster()(Object.assign(request, { url }), response);
    });
    const chosen = chooseProxy({}, `http://127.0.0.1:${await listen(proxy)}`);
    if (chosen.kind === "invalid") throw new Error(chosen.problem);
    const form = { server: "http://muster.invalid", token: TOKEN, caPem: null, isInsecureHttpAllowed: true };
    const { steps } = await trySetup(form, { ...deps, proxyFor: chosen.proxyFor });
    expect(isPassed(steps)).toBe(true);
    expect(asked).toEqual([
      "GET http://muster.invalid/api/health",
      expect.stringMatching(/^POST http:\/\/muster\.invalid\/api\/v1\/agent\//),
    ]);
  });

  it.each(["", "muster.example.com", "ftp://x", "https://user:word@x"])(
    "reports that %j is not an address",
    async (server) => {
      expect(await problemOf(server)).toBe("address: not-an-address");
    },
  );

  it("refuses plain HTTP to another machine, unless that is allowed", async () => {
    expect(await problemOf("http://muster.invalid")).toBe("address: plain-http");
    expect(await problemOf("http://muster.invalid", { isInsecureHttpAllowed: true })).toBe(
      "address: not-found",
    );
  });

  it("reports that nothing listens", async () => {
    const server = createTcpServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    expect(await problemOf(`http://127.0.0.1:${port}`)).toBe("address: refused");
  });

  it("reports an untrusted certificate, and accepts it with its authority", async () => {
    const url = await overTls();
    expect(await problemOf(url)).toBe("certificate: certificate-untrusted");
    expect(await problemOf(url, { caPem: TEST_AUTHORITY })).toBe("none");
  });

  it("reports a certificate for another name", async () => {
    // It names localhost and 127.0.0.1, and not this address of the same machine.
    const port = await listen(tlsServer(), "::1");
    expect(await problemOf(`https://[::1]:${port}`, { caPem: TEST_AUTHORITY })).toBe(
      "certificate: certificate-wrong-name",
    );
  });

  it("reports a server that is not Muster", async () => {
    expect(await problemOf(await overHttp({ health: "<html>Log in</html>" }))).toBe("server: not-muster");
  });

  it("reports a server without TLS behind https", async () => {
    const url = await overHttp();
    expect(await problemOf(url.replace("http:", "https:"))).toBe("server: not-tls");
  });

  it.each(["no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])(
    "reports an invalid certificate authority: %j",
    async (caPem) => {
      expect(await problemOf(await overTls(), { caPem })).toMatch(/^certificate: /);
    },
  );

  it("gives up on a server that answers endlessly, a byte at a time", async () => {
    const port = await listen(
      createServer((_request, response) => {
        const timer = setInterval(() => response.write(" "), 20);
        response.once("close", () => clearInterval(timer));
      }),
    );
    const address = { url: `http://127.0.0.1:${port}`, caPem: null, insecureHttp: false };
    expect(await probeServer(address, Date.now, 300)).toMatchObject({ kind: "failed", code: "TIMEOUT" });
  });

  it("reports a wrong clock, fast or slow", async () => {
    expect(await problemOf(await overHttp({ aheadMs: 3_600_000 }))).toBe("server: clock-wrong");
    expect(await problemOf(await overHttp({ aheadMs: -3_600_000 }))).toBe("server: clock-wrong");
    expect(await problemOf(await overHttp({ aheadMs: 60_000 }))).toBe("none");
  });

  it.each([
    ["unknown", "token-unknown"],
    ["expired", "token-expired"],
    ["used-up", "token-used-up"],
    ["revoked", "token-revoked"],
  ])("reports a token that is %s: %s", async (message, code) => {
    expect(await problemOf(await overHttp({ token: refused(message) }))).toBe(`token: ${code}`);
  });
});
