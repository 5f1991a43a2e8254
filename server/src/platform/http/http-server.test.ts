import pino from "pino";
import { afterEach, describe, expect, it } from "vitest";
import { StartError } from "../start-error.ts";
import { type HttpServer, listen } from "./http-server.ts";

const log = pino({ level: "silent" });
const open = async (port = 0) => {
  const server = await listen({ port, host: "127.0.0.1", tls: null, log });
  servers.push(server);
  return server;
};
let servers: HttpServer[] = [];
afterEach(async () => {
  await Promise.all(servers.map((server) => server.close(0)));
  servers = [];
});

describe("listen", () => {
  it("asks clients to retry until it has a handler", async () => {
    const server = await open();
    const url = `http://127.0.0.1:${server.port}/`;
    const early = await fetch(url);
    expect([early.status, early.headers.get("retry-after")]).toEqual([503, "1"]);
    server.setListener((_, outgoing) => outgoing.end("here"));
    expect(await (await fetch(url)).text()).toBe("here");
  });

  it("reports in one line that the port is in use and what to do", async () => {
    const { port } = await open();
    const refusal = await open(port).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(StartError);
    expect(refusal).toMatchObject({
      message: expect.stringMatching(/^Port \d+ on 127\.0\.0\.1 is in use: .*MUSTER_PORT/),
    });
  });

  it("reports that an address does not belong to this computer, and that a certificate cannot be used", async () => {
    await expect(listen({ port: 0, host: "192.0.2.1", tls: null, log })).rejects.toThrow("MUSTER_HOST");
    const tls = { certFile: "/nowhere/cert.pem", keyFile: "/nowhere/key.pem" };
    await expect(listen({ port: 0, host: "127.0.0.1", tls, log })).rejects.toThrow("MUSTER_TLS_CERT_FILE");
  });

  it("completes a running request when it closes, and refuses new ones", async () => {
    const server = await open();
    const url = `http://127.0.0.1:${server.port}/`;
    const arrived = Promise.withResolvers<() => void>();
    server.setListener((_, outgoing) => arrived.resolve(() => outgoing.end("done")));
    const answer = fetch(url);
    const finish = await arrived.promise;
    const closed = server.close(60_000);
    await expect(fetch(url)).rejects.toThrow();
    finish();
    expect(await (await answer).text()).toBe("done");
    await closed;
  });

  it("closes connections that do not end in time", async () => {
    const server = await open();
    const arrived = Promise.withResolvers<void>();
    server.setListener(() => arrived.resolve());
    const answer = fetch(`http://127.0.0.1:${server.port}/`);
    await arrived.promise;
    await Promise.all([server.close(1), expect(answer).rejects.toThrow()]);
  });
});
