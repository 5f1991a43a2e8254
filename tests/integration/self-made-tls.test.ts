import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { request } from "node:https";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import type { IncomingMessage } from "node:http";
import { AGENT_PATHS } from "@muster/shared/protocol/agent-protocol.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readAuthorityPin, selfMadeTlsFiles } from "../../server/src/platform/tls/self-made-tls.ts";
import { type AgentHomeFolder, type AgentProcess, makeAgentHomeFolder } from "../harness/agent-process.ts";
import { openShell, type TestShell } from "../harness/command-line.ts";
import { type ServerProcess, startServerProcess } from "../harness/server-process.ts";
import { TEST_AUTHORITY, TEST_CERTIFICATE, TEST_CERTIFICATE_KEY } from "../harness/test-certificates.ts";

describe("a server that makes its own certificate", () => {
  let folder: string;
  let shell: TestShell;
  let settings: Record<string, string>;
  let server: ServerProcess;
  let url: string;
  let agents: [AgentHomeFolder, AgentHomeFolder];
  const running: AgentProcess[] = [];
  let first: AgentProcess;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "muster-tls-"));
    shell = await openShell("sqlite");
    await writeFile(path.join(folder, "authority.pem"), TEST_AUTHORITY);
    await writeFile(path.join(folder, "certificate.pem"), TEST_CERTIFICATE);
    await writeFile(path.join(folder, "certificate.key"), TEST_CERTIFICATE_KEY);
    settings = { ...shell.environment, MUSTER_PORT: String(await freePort()) };
    server = startServerProcess({ ...settings, MUSTER_TLS: "self" });
    ({ url } = await server.ready);
    agents = [await makeAgentHomeFolder(), await makeAgentHomeFolder()];
  });
  afterAll(async () => {
    await Promise.all(running.map((agent) => agent.stop()));
    await stopServer();
    for (const agent of agents) await agent.remove();
    await shell.remove();
    await rm(folder, { recursive: true });
  });

  const files = () => selfMadeTlsFiles(shell.dataDir);
  const pin = () => readAuthorityPin(files()) ?? "";
  const env = () => ({ MUSTER_AGENT_INTERVAL: "1", NODE_EXTRA_CA_CERTS: path.join(folder, "authority.pem") });

  async function stopServer() {
    server.process.kill("SIGTERM");
    await server.exited;
  }

  async function startWithRealCertificate() {
    await stopServer();
    const certFile = path.join(folder, "certificate.pem");
    const real = {
      MUSTER_TLS_CERT_FILE: certFile,
      MUSTER_TLS_KEY_FILE: path.join(folder, "certificate.key"),
    };
    server = startServerProcess({ ...settings, ...real });
    await server.ready;
  }

  async function enrol(agent: AgentHomeFolder, ownPin: string) {
    const stdin = (await shell.run(["token", "create"], { json: true })).json.token;
    return agent.start(["enrol", "--server", url, "--token-stdin", "--pin", ownPin], { stdin }).ended;
  }

  function run(agent: AgentHomeFolder): AgentProcess {
    const process = agent.start(["run"], { env: env() });
    running.push(process);
    return process;
  }
  const contactOf = async (agent: AgentHomeFolder) => {
    const { data } = await agent.ask("status");
    return (data as { reporting: { contact: { isReached: boolean; problem: string | null } } | null })
      .reporting?.contact;
  };
  const trustOf = async (agent: AgentHomeFolder) =>
    JSON.parse(await readFile(path.join(agent.path, "identity.json"), "utf8")).server.caPem;

  async function askTrustChange(ca: string) {
    const call = request(`${url}${AGENT_PATHS.trustChange}?nonce=${"n".repeat(43)}`, { ca }).end();
    const [answer] = (await once(call, "response")) as [IncomingMessage];
    const hsts = "strict-transport-security" in answer.headers;
    return { status: answer.statusCode, hsts, body: JSON.parse(await text(answer)) };
  }

  test("is reached by agents that pin its authority, and by no others", async () => {
    expect(url).toBe(`https://localhost:${settings["MUSTER_PORT"]}`);
    expect(await enrol(agents[0], "0".repeat(64))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("no certificate with this pin"),
    });
    for (const agent of agents) expect(await enrol(agent, pin())).toMatchObject({ code: 0 });
    first = run(agents[0]);
    await expect.poll(async () => (await contactOf(agents[0]))?.isReached).toBe(true);
  });

  test("is recognised by the doctor, whose connection nobody verifies", async () => {
    const environment = { ...settings, MUSTER_TLS: "self" };
    expect((await shell.run(["doctor"], { environment })).out).toMatch(/is used by Muster, which is healthy/);
  });

  test("is healthy for the check of its container, which a wrong port fails", async () => {
    const check = (port: string) =>
      promisify(execFile)(process.execPath, ["deploy/docker/health-check.mjs"], {
        cwd: path.join(import.meta.dirname, "../.."),
        env: { MUSTER_PORT: port },
      });
    await check(settings["MUSTER_PORT"] ?? "");
    await expect(check(String(await freePort()))).rejects.toMatchObject({ code: 1 });
  });

  test("is backed up with its authority, which a restore puts back for the agents that pin it", async () => {
    const environment = { ...settings, MUSTER_TLS: "self" };
    const file = path.join(folder, "backup");
    const { json } = await shell.run(["backup", file], { environment, json: true });
    expect(json).toEqual({ file, tls: `${file}.tls` });
    for (const name of await readdir(json.tls))
      expect((await stat(path.join(json.tls, name))).mode & 0o777, name).toBe(0o600);
    expect((await stat(json.tls)).mode & 0o777).toBe(0o700);

    const other = await openShell("sqlite");
    const key = path.join(shell.dataDir, "master.key");
    await mkdir(other.dataDir, { mode: 0o700 });
    await copyFile(key, path.join(other.dataDir, "master.key"));
    expect(await other.run(["restore", file])).toMatchObject({ exitCode: 0, err: "" });
    expect(readAuthorityPin(selfMadeTlsFiles(other.dataDir))).toBe(pin());
    // Once more, over another authority, which is kept.
    await writeFile(selfMadeTlsFiles(other.dataDir).authorityFile, TEST_AUTHORITY);
    const again = await other.run(["restore", file], { json: true });
    expect(await readFile(path.join(again.json.keptTls, "authority.pem"), "utf8")).toBe(TEST_AUTHORITY);
    expect(readAuthorityPin(selfMadeTlsFiles(other.dataDir))).toBe(pin());
    await other.remove();
  });

  test("puts the pin into install lines", async () => {
    const { exitCode, json } = await shell.run(["install-line", "--system", "linux"], {
      json: true,
      environment: { ...settings, MUSTER_TLS: "self" },
    });
    expect({ exitCode, line: json.line }).toEqual({ exitCode: 0, line: null });
    expect(json.warnings.join(" ")).toContain("MUSTER_HOST=0.0.0.0");
    expect(json.warnings.join(" ")).not.toContain("MUSTER_TLS");
  });

  test("lets nobody change the trust of agents while they have to pin it", async () => {
    expect(await askTrustChange(await readFile(files().authorityFile, "utf8"))).toMatchObject({
      status: 404,
      hsts: false,
    });
  });

  test("keeps its agents when it gets a real certificate, unless the authority's consent is missing", async () => {
    const before = await trustOf(agents[0]);
    // What somebody else has who got a certificate for the server's name.
    await rename(path.dirname(files().certFile), path.join(folder, "tls"));
    await startWithRealCertificate();
    await expect.poll(async () => (await contactOf(agents[0]))?.problem).toMatch(/certificate/);
    await expect.poll(() => askTrustChange(TEST_AUTHORITY)).toMatchObject({ status: 404, hsts: true });
    await expect.poll(() => first.stderr()).toContain("its own authority has not agreed");
    expect(await trustOf(agents[0])).toBe(before);

    await rename(path.join(folder, "tls"), path.dirname(files().certFile));
    run(agents[1]);
    await expect.poll(() => trustOf(agents[1])).toBeNull();
    await expect.poll(async () => (await contactOf(agents[1]))?.isReached).toBe(true);
    expect(await trustOf(agents[0])).toBe(before);
  });
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  return typeof address === "object" && address ? address.port : 0;
}
