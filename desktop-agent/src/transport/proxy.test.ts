import { createServer, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { type HttpProxy, startHttpProxy } from "../../../tests/harness/http-proxy.ts";
import {
  TEST_AUTHORITY,
  TEST_AUTHORITY_PIN,
  TEST_CERTIFICATE,
  TEST_CERTIFICATE_KEY,
} from "../../../tests/harness/test-certificates.ts";
import type { Clock } from "../platform/ports.ts";
import { fetchPinnedAuthority } from "./find-server-address.ts";
import { createHttpEvents } from "./http-events.ts";
import { createHttpExchange } from "./http-exchange.ts";
import { probeServer } from "./probe-server.ts";
import { chooseProxy, type ProxyServer } from "./proxy.ts";

const clock: Clock = {
  wallMs: () => Date.now(),
  sinceBootMs: () => performance.now(),
  monotonicMs: () => performance.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};
const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function listen(isTls: boolean, answer: RequestListener) {
  const server = isTls
    ? createTlsServer({ cert: TEST_CERTIFICATE + TEST_AUTHORITY, key: TEST_CERTIFICATE_KEY }, answer)
    : createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return `${isTls ? "https" : "http"}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function startProxy(options: Parameters<typeof startHttpProxy>[0] = {}): Promise<HttpProxy> {
  const proxy = await startHttpProxy(options);
  closers.push(proxy.close);
  return proxy;
}

function proxyOf({ port }: Pick<HttpProxy, "port">, user?: string): ProxyServer {
  return {
    host: "127.0.0.1",
    port,
    authorization: user === undefined ? null : `Basic ${Buffer.from(user).toString("base64")}`,
  };
}

function send(url: string, proxy: ProxyServer | null, caPem: string | null = TEST_AUTHORITY, path = "/x") {
  const exchange = createHttpExchange({ url, caPem, insecureHttp: true }, clock, proxy);
  closers.push(() => exchange.disconnect());
  const request = { path, headers: { authorization: "Bearer md_secret" }, body: "{}", timeoutMs: 5000 };
  return { exchange, outcome: exchange.send(request) };
}

describe("a server behind a proxy", () => {
  it("is reached by HTTPS through a tunnel, which is kept, with a user and a password", async () => {
    const url = await listen(true, (_, response) => response.end("well"));
    const proxy = await startProxy({ demands: "ann:s3cret:p%" });
    const { exchange, outcome } = send(url, proxyOf(proxy, "ann:s3cret:p%"));
    expect(await outcome).toMatchObject({ kind: "answered", status: 200, body: "well" });
    const again = { path: "/y", headers: {}, body: null, timeoutMs: 5000 };
    expect(await exchange.send(again)).toMatchObject({ kind: "answered" });
    expect(proxy.passed).toEqual([`CONNECT ${new URL(url).host}`]);
  });

  it("is reached by HTTP with forwarded requests, path prefix included", async () => {
    const paths: (string | undefined)[] = [];
    const url = await listen(false, (request, response) => {
      paths.push(request.url, request.headers.host, request.headers["proxy-authorization"]);
      response.end("well");
    });
    const proxy = await startProxy({ demands: "ann:secret" });
    const { outcome } = send(`${url}/muster`, proxyOf(proxy, "ann:secret"));
    expect(await outcome).toMatchObject({ kind: "answered", status: 200 });
    expect(paths).toEqual(["/muster/x", new URL(url).host, undefined]);
    expect(proxy.passed).toEqual([`POST ${url}/muster/x`]);
  });

  it("is verified end to end: no other authority is accepted, and the pinned one is found", async () => {
    const url = await listen(true, (_, response) => response.end("well"));
    const proxy = await startProxy();
    expect(await send(url, proxyOf(proxy), null).outcome).toMatchObject({ kind: "not-sent" });
    expect(await fetchPinnedAuthority(url, TEST_AUTHORITY_PIN, proxyOf(proxy))).toMatchObject({
      kind: "found",
    });
    expect(await fetchPinnedAuthority(url, "0".repeat(64), proxyOf(proxy))).toMatchObject({ kind: "failed" });
    expect(proxy.passed).toHaveLength(3);
  });

  it("is reached through the proxy by the stream too", async () => {
    const url = await listen(true, (_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write("event: nudge\ndata: {}\n\n");
    });
    const proxy = await startProxy();
    const open = createHttpEvents({ url, caPem: TEST_AUTHORITY, insecureHttp: false }, clock, proxyOf(proxy));
    const event = Promise.withResolvers<string>();
    const close = open(
      "/stream",
      {},
      { opened: () => undefined, event: event.resolve, ended: () => undefined },
    );
    closers.push(close);
    expect(await event.promise).toBe("nudge");
    expect(proxy.passed).toEqual([`CONNECT ${new URL(url).host}`]);
  });

  it("is not reached when the proxy requires a password, refuses or does not exist, and the reason says so", async () => {
    for (const isTls of [true, false]) {
      const url = await listen(isTls, (_, response) => response.end("well"));
      const demanding = await startProxy({ demands: "ann:secret" });
      const outcome = await send(url, proxyOf(demanding, "ann:wrong")).outcome;
      expect(outcome).toMatchObject({ kind: "not-sent", reason: expect.stringContaining("(407)") });
      expect(JSON.stringify(outcome)).not.toContain("wrong");
    }
    const url = await listen(true, (_, response) => response.end("well"));
    const refusing = await startProxy({ refuses: 403 });
    expect(await send(url, proxyOf(refusing)).outcome).toMatchObject({
      kind: "not-sent",
      reason: "The proxy does not allow this connection (403).",
    });
    const gone = await startHttpProxy();
    await gone.close();
    expect(await send(url, proxyOf(gone)).outcome).toMatchObject({
      kind: "not-sent",
      reason: "The proxy cannot be reached (ECONNREFUSED).",
    });
    const health = await probeServer(
      { url, caPem: TEST_AUTHORITY, insecureHttp: false },
      Date.now,
      5000,
      () => proxyOf(gone),
    );
    expect(health).toMatchObject({ kind: "failed", reason: "The proxy cannot be reached (ECONNREFUSED)." });
  });
});

describe("the choice of a proxy", () => {
  const chosen = (url: string, environment: Record<string, string>, configured: string | null = null) => {
    const choice = chooseProxy(environment, configured);
    if (choice.kind === "invalid") return choice.problem;
    const proxy = choice.proxyFor(url);
    return proxy && `${proxy.host}:${proxy.port}`;
  };
  const SERVER = "https://muster.example.org";

  it("uses the environment by the scheme of the server, in lower case first", () => {
    const environment = {
      HTTPS_PROXY: "http://upper:1",
      https_proxy: "http://lower:2",
      HTTP_PROXY: "plain:3",
    };
    expect(chosen(SERVER, environment)).toBe("lower:2");
    expect(chosen("http://muster.example.org", environment)).toBe("plain:3");
    expect(chosen(SERVER, {})).toBeNull();
  });

  it('prefers the agent\'s own setting, also if it is "no proxy"', () => {
    expect(chosen(SERVER, { HTTPS_PROXY: "http://other:1" }, "http://own:8080")).toBe("own:8080");
    expect(chosen(SERVER, { HTTPS_PROXY: "http://other:1" }, "none")).toBeNull();
  });

  it.each([
    ["muster.example.org", true],
    ["example.org", true],
    [".example.org", true],
    ["*.example.org", true],
    ["*", true],
    ["other.net, MUSTER.example.org:443", true],
    ["ple.org", false],
    ["muster.example.org:8443", false],
    ["", false],
  ])("leaves out the hosts of NO_PROXY %j: %j", (list, isDirect) => {
    expect(chosen(SERVER, { HTTPS_PROXY: "http://proxy:1", NO_PROXY: list }) === null).toBe(isDirect);
  });

  it("never uses a proxy for this machine", () => {
    for (const url of ["https://localhost:8443", "http://127.0.0.1", "http://[::1]:8080"])
      expect(chosen(url, { HTTPS_PROXY: "http://p:1", HTTP_PROXY: "http://p:1" })).toBeNull();
  });

  it("reports what is wrong, and never shows the value", () => {
    for (const value of [
      "socks5://ann:secret@proxy",
      "http://",
      "https://ann:secret@proxy",
      "http://a%:secret@b",
    ]) {
      const problem = chosen(SERVER, {}, value);
      expect(problem).toContain("proxy must be the address of an HTTP proxy");
      expect(problem).not.toContain("secret");
    }
    expect(chosen(SERVER, { HTTPS_PROXY: "ftp://x" })).toMatch(/^HTTPS_PROXY must be/);
  });
});
