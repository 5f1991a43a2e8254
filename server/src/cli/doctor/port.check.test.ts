import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { loadConfiguration } from "../../platform/config/load-configuration.ts";
import { portCheck } from "./port.check.ts";

let holder: Server | undefined;
afterEach(() => {
  holder?.close();
  holder?.closeAllConnections();
  holder = undefined;
});

async function hold(answer: RequestListener): Promise<number> {
  holder = createServer(answer).listen(0, "127.0.0.1");
  await once(holder, "listening");
  return (holder.address() as AddressInfo).port;
}

const examine = (port: number) =>
  portCheck.run({
    configuration: loadConfiguration({ MUSTER_PORT: String(port) }),
    database: null,
    now: Date.now(),
  });

describe("the check of the port", () => {
  it("accepts a free port", async () => {
    expect(await examine(0)).toMatchObject({ state: "ok" });
  });

  it("distinguishes Muster from another program", async () => {
    const health = { status: "ok", version: "1.0.0", database: "ok" };
    const muster = await hold((_, response) => response.end(JSON.stringify(health)));
    expect(await examine(muster)).toMatchObject({
      state: "ok",
      message: expect.stringContaining("used by Muster"),
    });
  });

  it("fails when Muster runs there and is not healthy", async () => {
    const health = { status: "unavailable", version: "1.0.0", database: "unavailable" };
    const muster = await hold((_, response) => response.writeHead(503).end(JSON.stringify(health)));
    expect(await examine(muster)).toMatchObject({
      state: "fail",
      message: expect.stringContaining("not healthy"),
    });
  });

  it.each([
    ["speaks no JSON", "hello"],
    ["answers something else", '{"status":"fine"}'],
  ])("fails when the port is used by a program that %s", async (_, body) => {
    const other = await hold((__, response) => response.end(body));
    expect(await examine(other)).toMatchObject({
      state: "fail",
      message: expect.stringContaining("another program"),
    });
  });
});
