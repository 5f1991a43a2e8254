import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createGuardedClient } from "../../server/src/platform/http-client/guarded-client.ts";
import type { GuardedRequestErrorCode } from "../../server/src/platform/http-client/guarded-request-error.ts";
import type { ResolveAll } from "../../server/src/platform/http-client/guarded-lookup.ts";

const LOOPBACK = ["127.0.0.1/32", "::1/128"];
const resolvesTo =
  (...addresses: string[]): ResolveAll =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));

let server: http.Server;
let port: number;
let paths: string[] = [];

beforeAll(async () => {
  server = http.createServer((request, answer) => {
    paths.push(request.url ?? "");
    answerAs(request.url ?? "", answer);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function answerAs(path: string, answer: http.ServerResponse): void {
  switch (path) {
    case "/hang":
      return;
    case "/drip": {
      answer.writeHead(200);
      const timer = setInterval(() => answer.write("."), 20);
      answer.on("close", () => clearInterval(timer));
      return;
    }
    case "/early":
      answer.destroy();
      return;
    case "/half":
      answer.writeHead(200, { "content-length": "100" });
      answer.write("half", () => answer.destroy());
      return;
    case "/upgrade":
      answer.socket?.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n");
      return;
    case "/redirect":
      answer.writeHead(307, { location: "http://127.0.0.1/inside" }).end();
      return;
    case "/large": {
      answer.writeHead(200);
      const chunk = Buffer.alloc(64 * 1024, "x");
      let left = 160;
      const more = () => {
        while (left > 0) {
          left -= 1;
          if (!answer.write(chunk)) return;
        }
        answer.end();
      };
      answer.on("drain", more);
      return more();
    }
    default:
      answer.writeHead(200).end("thanks");
  }
}

/** Code of the error of a request, or the status of its answer. */
async function outcomeOf(
  url: string,
  options: { allowedNetworks?: string[]; resolve?: ResolveAll; timeoutMs?: number } = {},
): Promise<GuardedRequestErrorCode | number> {
  const { allowedNetworks = [], resolve = resolvesTo("192.0.2.1"), timeoutMs = 5_000 } = options;
  const client = createGuardedClient({ allowedNetworks, resolve });
  try {
    return (await client.send({ url, body: "{}", timeoutMs })).status;
  } catch (error) {
    return (error as { code: GuardedRequestErrorCode }).code;
  }
}

describe("addresses of this computer and of private networks", () => {
  const hosts = [
    "127.0.0.1",
    "2130706433",
    "0x7f.1",
    "0x7f000001",
    "017700000001",
    "127.1",
    "１２７.0.0.1",
    "①②⑦.⓪.⓪.①",
    "[::1]",
    "[::]",
    "0.0.0.0",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b:1::a00:1]",
    "[2002:7f00:1::]",
    "[2001::1]",
    "[fe80::1]",
    "[fec0::1]",
    "[fc00::1]",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.169.254",
    "192.0.0.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
  ];

  it.each(hosts)("are refused in the URL as %s", async (host) => {
    paths = [];
    expect(await outcomeOf(`http://${host}:${port}/`)).toBe("forbidden-address");
    expect(paths).toEqual([]);
  });

  it.each([
    ["127.0.0.1"],
    ["::1"],
    ["::ffff:10.0.0.1"],
    ["169.254.169.254"],
    ["93.184.216.34", "127.0.0.1"],
    ["fe80::1"],
    ["2002:7f00:1::1"],
  ])("are refused when a name resolves to %s", async (...addresses) => {
    paths = [];
    const resolve = resolvesTo(...addresses);
    expect(await outcomeOf(`http://name.invalid:${port}/`, { resolve })).toBe("forbidden-address");
    expect(paths).toEqual([]);
  });

  it("are refused when a name has another answer the second time", async () => {
    let calls = 0;
    const resolve: ResolveAll = async () => {
      calls += 1;
      return [{ address: calls === 1 ? "127.0.0.1" : "10.0.0.1", family: 4 }];
    };
    const how = { resolve, allowedNetworks: LOOPBACK };
    expect(await outcomeOf(`http://flip.invalid:${port}/`, how)).toBe(200);
    expect(calls).toBe(1);
    expect(await outcomeOf(`http://flip.invalid:${port}/`, how)).toBe("forbidden-address");
  });

  it("are open where the operator lists them, this computer only when listed itself", async () => {
    const url = `http://127.0.0.1:${port}/`;
    expect(await outcomeOf(url, { allowedNetworks: ["0.0.0.0/0", "::/0"] })).toBe("forbidden-address");
    expect(await outcomeOf("http://169.254.169.254/", { allowedNetworks: ["0.0.0.0/0"] })).toBe(
      "forbidden-address",
    );
    expect(await outcomeOf(url, { allowedNetworks: ["127.0.0.0/8"] })).toBe(200);
    expect(await outcomeOf(url, { allowedNetworks: ["127.0.0.1"] })).toBe(200);
  });
});

describe("the connection", () => {
  it("goes to the address that was checked, under the name in the URL", async () => {
    paths = [];
    const url = `http://pinned.invalid:${port}/pinned`;
    expect(await outcomeOf(url, { resolve: resolvesTo("127.0.0.1"), allowedNetworks: LOOPBACK })).toBe(200);
    expect(paths).toEqual(["/pinned"]);
    const system = createGuardedClient({ allowedNetworks: LOOPBACK });
    await expect(system.send({ url, body: "{}", timeoutMs: 5_000 })).rejects.toMatchObject({
      code: "unreachable",
    });
  });

  it.each([
    ["ftp://example.org/", "invalid-url"],
    ["file:///etc/passwd", "invalid-url"],
    ["http://ann:secret@example.org/", "invalid-url"],
    ["not an address", "invalid-url"],
    // Without encryption only where the operator says so.
    ["http://93.184.216.34/", "forbidden-address"],
  ])("is not made for %s", async (url, code) => {
    expect(await outcomeOf(url)).toBe(code);
  });
});

describe("a receiver that", () => {
  const ask = (path: string, timeoutMs?: number) =>
    outcomeOf(`http://127.0.0.1:${port}${path}`, {
      allowedNetworks: LOOPBACK,
      ...(timeoutMs !== undefined && { timeoutMs }),
    });

  it("hangs, or answers byte by byte, is given up after the total time", async () => {
    expect(await Promise.all([ask("/hang", 300), ask("/drip", 300)])).toEqual(["timeout", "timeout"]);
  });

  it("closes early or in the middle of its answer has not answered", async () => {
    expect(await Promise.all([ask("/early"), ask("/half")])).toEqual(["unreachable", "unreachable"]);
  });

  it("switches the protocol has not answered, and is not waited for", async () => {
    expect(await ask("/upgrade")).toBe("unreachable");
  });

  it("redirects is not followed, and its target is reported", async () => {
    paths = [];
    const client = createGuardedClient({ allowedNetworks: LOOPBACK });
    const answer = await client.send({ url: `http://127.0.0.1:${port}/redirect`, body: "{}" });
    expect(answer).toMatchObject({ status: 307, location: "http://127.0.0.1/inside" });
    expect(paths).toEqual(["/redirect"]);
  });

  it("repeats a secret of its address does not show it to members", async () => {
    const client = createGuardedClient({ allowedNetworks: LOOPBACK });
    const url = `http://127.0.0.1:${port}/redirect`;
    const answer = await client.send({ url, body: "{}", hidden: ["inside"] });
    expect(answer.location).toBe("http://127.0.0.1/***");
  });

  it("sends 10 MB is read to 64 KiB only, and its text is not shown from a private address", async () => {
    const client = createGuardedClient({ allowedNetworks: LOOPBACK });
    const answer = await client.send({ url: `http://127.0.0.1:${port}/large`, body: "{}" });
    expect(answer).toMatchObject({ status: 200, text: "" });
  });
});
