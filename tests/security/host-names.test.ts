import { ErrorBody } from "@muster/shared/errors.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openShell, type TestShell } from "../harness/command-line.ts";
import { type ServerProcess, startServerProcess } from "../harness/server-process.ts";
import { openConnection, readAnswer } from "./raw-request.ts";

const PATHS = ["/", "/api/health", "/api/v1/openapi.json", "/api/config", "/api/v1/agent/report"];

let shell: TestShell;
let server: ServerProcess;
let url: string;

beforeAll(async () => {
  shell = await openShell("sqlite");
  server = startServerProcess({
    ...shell.environment,
    MUSTER_PUBLIC_URL: "https://muster.example.org",
    MUSTER_ALLOWED_HOSTS: "backup.lan, muster-server",
  });
  ({ url } = await server.ready);
}, 60_000);
afterAll(async () => {
  server.process.kill("SIGKILL");
  await server.exited;
  await shell.remove();
});

function get(target: string, host: string | null, version = "1.1") {
  const socket = openConnection(url);
  const hostLine = host === null ? "" : `host: ${host}\r\n`;
  socket.write(`GET ${target} HTTP/${version}\r\n${hostLine}connection: close\r\n\r\n`);
  return readAnswer(socket, (text) => text);
}

describe("a request", () => {
  it.each([
    "muster.example.org",
    "muster.example.org:8443",
    "localhost",
    "192.0.2.7:80",
    "[::1]",
    "backup.lan",
    "muster-server:8080",
  ])("that names %s is answered", async (host) => {
    expect((await get("/api/health", host)).status).toBe(200);
    expect((await get("/", host)).status).not.toBe(421);
  });

  it.each([
    "evil.example",
    "muster.example.org.evil.example",
    "localhost.evil.example",
    "muster.example.org@evil.example",
    "2130706433",
  ])("that names %s is refused on every path, with the error body", async (host) => {
    for (const target of [...PATHS, `http://muster.example.org/api/health`]) {
      const answer = await get(target, host);
      expect(answer.status).toBe(421);
      const { error } = ErrorBody.parse(JSON.parse(answer.body));
      expect(error.code).toBe("misdirected-request");
      expect(error.message).toContain("MUSTER_ALLOWED_HOSTS");
    }
  });

  it("for a sign-in under a rebound name is refused before it is read", async () => {
    const socket = openConnection(url);
    const body = '{"email":"a@example.org","password":"x"}';
    socket.write(
      `POST /api/v1/auth/login HTTP/1.1\r\nhost: evil.example\r\norigin: http://evil.example\r\nconnection: close\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    expect((await readAnswer(socket)).status).toBe(421);
  });

  it.each(["1.0", "1.1"])("without a host reaches only the health check, by HTTP/%s", async (version) => {
    expect((await get("/api/health", null, version)).status).toBe(200);
    for (const target of PATHS.filter((one) => one !== "/api/health")) {
      expect((await get(target, null, version)).status).toBe(400);
    }
  });
});
