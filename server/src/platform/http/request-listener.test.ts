import { createServer, request } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { ErrorBody } from "@muster/shared/errors.ts";
import pino from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { systemClock } from "../clock.ts";
import { MusterError } from "../errors.ts";
import type { DeviceCaller } from "./caller.ts";
import { createRequestListener } from "./request-listener.ts";
import { route } from "./route.ts";

const device: DeviceCaller = { kind: "device", orgId: "o1", deviceId: "d1", credentialId: "c1" };
const definition = {
  method: "post",
  operationId: "test",
  summary: "",
  group: "",
  access: { by: "device" },
  status: 200,
  maxBodyBytes: 1000,
  acceptsCompressed: true,
  body: z.strictObject({ n: z.number() }),
  answer: z.object({ n: z.number() }),
} as const;

describe.each([
  ["on the lean way", true],
  ["through the app", false],
])("a request %s", (_, isHotPath) => {
  const server = createServer(
    createRequestListener({
      routes: [
        route({ ...definition, path: "/api/v1/count", isHotPath }, async ({ body }) => ({ n: body.n + 1 })),
      ],
      authenticate: async ({ bearer }) => {
        if (bearer === null) return { kind: "nobody" };
        throw new MusterError("unauthenticated", "This credential is not known.");
      },
      authenticateDevice: (bearer) =>
        bearer === "md_good" ? device : Promise.reject(new MusterError("unauthenticated", "Unknown.")),
      log: pino({ level: "silent" }),
      clock: systemClock,
    }),
  );
  let url: string;
  let port: number;

  beforeEach(async () => {
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    port = (server.address() as AddressInfo).port;
    url = `http://127.0.0.1:${port}/api/v1/count`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const post = (body: string, headers: Record<string, string> = {}) =>
    fetch(url, {
      method: "POST",
      body,
      headers: { authorization: "Bearer md_good", "content-type": "application/json", ...headers },
    });

  it("is parsed, handled and answered with its id", async () => {
    const answer = await post('{"n":1}');
    expect([answer.status, await answer.json()]).toEqual([200, { n: 2 }]);
    expect(answer.headers.get("x-request-id")).toMatch(/^[0-9a-f]{12}$/);
  });

  it.each([
    ["without credential", '{"n":1}', { authorization: "" }, 401],
    ["with a wrong credential", '{"n":1}', { authorization: "Bearer md_bad" }, 401],
    ["with malformed JSON", '{"n":', {}, 400],
    ["with a wrong type", '{"n":"1"}', {}, 400],
    ["with another content type", '{"n":1}', { "content-type": "text/plain" }, 415],
  ])("is refused %s", async (__, body, headers, status) => {
    const answer = await post(body, headers);
    expect(answer.status).toBe(status);
    const { error } = ErrorBody.parse(await answer.json());
    expect(error.requestId).toBe(answer.headers.get("x-request-id"));
  });

  it("is refused by its length before it is read, and the answer arrives", async () => {
    const answer = await post("x".repeat(10_000_000));
    expect([answer.status, ErrorBody.parse(await answer.json()).error.code]).toEqual([413, "too-large"]);
  });

  it("is refused when it exceeds the limit without a declared length", async () => {
    const status = await new Promise((resolve, reject) => {
      const outgoing = request(url, {
        method: "POST",
        headers: { authorization: "Bearer md_good", "content-type": "application/json" },
      });
      outgoing.on("response", (answer) => resolve(answer.resume().statusCode)).on("error", reject);
      outgoing.write("x".repeat(900));
      outgoing.end("x".repeat(900));
    });
    expect(status).toBe(413);
  });

  it("may be aborted without harm", async () => {
    await new Promise<void>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => {
        socket.write("POST /api/v1/count HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer md_good\r\n");
        socket.write("content-type: application/json\r\ncontent-length: 500\r\n\r\n{", () =>
          socket.destroy(),
        );
      });
      socket.on("close", () => resolve());
    });
    expect((await post('{"n":1}')).status).toBe(200);
  });

  it("is refused with an error body when its address is malformed", async () => {
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(port, "127.0.0.1");
      socket.write("GET /a\\b HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
      socket.on("data", (data) => resolve(data.toString()));
    });
    expect(answer).toMatch(/^HTTP\/1.1 400 [^]*"bad-request"/);
  });
});
