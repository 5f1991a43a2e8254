import { createServer, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import {
  TEST_AUTHORITY,
  TEST_AUTHORITY_PIN,
  TEST_CERTIFICATE,
  TEST_CERTIFICATE_KEY,
} from "../../../tests/harness/test-certificates.ts";
import type { Clock } from "../platform/ports.ts";
import { createHttpExchange } from "./http-exchange.ts";
import { fetchPinnedAuthority } from "./find-server-address.ts";

const clock: Clock = {
  wallMs: () => Date.now(),
  sinceBootMs: () => performance.now(),
  monotonicMs: () => performance.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};
const closers: (() => void)[] = [];
const request = { path: "/x", headers: { "content-type": "application/json" }, body: "{}", timeoutMs: 2000 };

afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function listen(answer: RequestListener, isTls = false) {
  const server = isTls
    ? createTlsServer({ cert: TEST_CERTIFICATE + TEST_AUTHORITY, key: TEST_CERTIFICATE_KEY }, answer)
    : createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { server, url: `${isTls ? "https" : "http"}://127.0.0.1:${port}` };
}

function exchangeWith(url: string, caPem: string | null = null, { after = clock.after } = {}) {
  const exchange = createHttpExchange({ url, caPem, insecureHttp: false }, { ...clock, after });
  closers.push(() => exchange.disconnect());
  return exchange;
}

describe("createHttpExchange", () => {
  it("sends few headers, keeps the connection, and reads the answer", async () => {
    const seen: string[][] = [];
    const ports = new Set<number | undefined>();
    const { url } = await listen((incoming, response) => {
      seen.push(incoming.rawHeaders);
      ports.add(incoming.socket.remotePort);
      response.writeHead(503, { "retry-after": "7" }).end("later");
    });
    const exchange = exchangeWith(`${url}/base`);
    for (let call = 0; call < 3; call += 1) {
      expect(await exchange.send(request)).toEqual({
        kind: "answered",
        status: 503,
        body: "later",
        retryAfter: "7",
      });
    }
    expect(ports.size).toBe(1);
    expect(
      seen[0]
        ?.filter((_, index) => index % 2 === 0)
        .map((name) => name.toLowerCase())
        .toSorted(),
    ).toEqual(["content-length", "content-type", "host"]);
  });

  it("reads without a body", async () => {
    const { url } = await listen(({ method, headers }, response) => {
      response.end(JSON.stringify({ method, length: headers["content-length"] ?? null }));
    });
    expect(await exchangeWith(url).send({ ...request, body: null })).toMatchObject({
      status: 200,
      body: '{"method":"GET","length":null}',
    });
  });

  it("reports that nothing was sent when nothing listens", async () => {
    const { server, url } = await listen(() => undefined);
    await new Promise((resolve) => server.close(resolve));
    expect(await exchangeWith(url).send(request)).toEqual({
      kind: "not-sent",
      reason: expect.stringMatching(/^No program accepts connections .*\(ECONNREFUSED\)$/),
      cause: expect.stringContaining("connect ECONNREFUSED"),
    });
    expect((await exchangeWith("http://no-such-host.invalid").send(request)).kind).toBe("not-sent");
  });

  it("reports an unknown outcome when the connection was cut or nothing answered", async () => {
    const cutting = await listen((incoming) => incoming.socket.destroy());
    expect((await exchangeWith(cutting.url).send(request)).kind).toBe("unknown");
    const timer = Promise.withResolvers<() => void>();
    const after: Clock["after"] = (delayMs, run) => {
      expect(delayMs).toBe(request.timeoutMs);
      timer.resolve(run);
      return () => undefined;
    };
    const silent = await listen(() => void timer.promise.then((expire) => expire()));
    expect(await exchangeWith(silent.url, null, { after }).send(request)).toEqual({
      kind: "unknown",
      reason: "The server did not answer within 2 s.",
    });
    const halfway = await listen((incoming, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("half");
      incoming.socket.destroySoon();
    });
    expect((await exchangeWith(halfway.url).send(request)).kind).toBe("unknown");
  });

  it("ends immediately when it is aborted", async () => {
    const { url } = await listen(() => undefined);
    const patience = new AbortController();
    const outcome = exchangeWith(url).send({ ...request, signal: patience.signal });
    patience.abort();
    expect((await outcome).kind).not.toBe("answered");
  });

  it("stops reading an endless answer", async () => {
    const { url } = await listen((_, response) => void response.end("x".repeat(600_000)));
    expect(await exchangeWith(url).send(request)).toEqual({
      kind: "unknown",
      reason: "The answer is too long.",
    });
  });

  it("sends nothing to a server whose certificate it cannot verify", async () => {
    let requests = 0;
    const { url } = await listen((_, response) => {
      requests += 1;
      response.end("ok");
    }, true);
    expect((await exchangeWith(url).send(request)).kind).toBe("not-sent");
    const other = url.replace("127.0.0.1", "localhost.localdomain");
    expect((await exchangeWith(other, TEST_AUTHORITY).send(request)).kind).toBe("not-sent");
    expect(requests).toBe(0);
    expect(await exchangeWith(url, TEST_AUTHORITY).send(request)).toMatchObject({
      kind: "answered",
      body: "ok",
    });
  });
});

describe("fetchPinnedAuthority", () => {
  it("finds the authority that the pin names, with or without colons", async () => {
    const { url } = await listen(() => undefined, true);
    for (const pin of [
      TEST_AUTHORITY_PIN,
      `sha256:${TEST_AUTHORITY_PIN.match(/../g)?.join(":").toUpperCase()}`,
    ]) {
      const found = await fetchPinnedAuthority(url, pin);
      expect(found.kind).toBe("found");
      if (found.kind === "found")
        expect(found.pem.replaceAll("\n", "")).toBe(TEST_AUTHORITY.replaceAll("\n", ""));
    }
  });

  it("does not accept another one", async () => {
    const { url } = await listen(() => undefined, true);
    expect((await fetchPinnedAuthority(url, "0".repeat(64))).kind).toBe("failed");
    expect((await fetchPinnedAuthority(url, "short")).kind).toBe("failed");
    expect((await fetchPinnedAuthority(url.replace("https", "http"), TEST_AUTHORITY_PIN)).kind).toBe(
      "failed",
    );
  });
});
