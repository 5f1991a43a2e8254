import { createPublicKey, sign, verify } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { type AgentServer, startAgentServer } from "../../../../tests/harness/agent-server.ts";
import { HOME, storeIdentity } from "../../../../tests/harness/fake-agent.ts";
import { createCollectors } from "../../collectors/create-collectors.ts";
import { createFakePlatform, type FakePlatform } from "../../platform/fake/fake-platform.ts";
import { readIdentity } from "./device-identity.ts";
import { enrol } from "./enrol.ts";
import { forgetDevice } from "./forget-device.ts";

const servers: AgentServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function startServer(): Promise<AgentServer> {
  const server = await startAgentServer({ intervalS: 30 });
  servers.push(server);
  return server;
}

function enrolAt(platform: FakePlatform, url: string, replaces = false) {
  const deps = {
    platform,
    collectors: createCollectors(platform),
    home: HOME,
    random: () => 0.5,
    agent: { version: "0.1.0", runtime: "Node 24", variant: "headless" as const },
  };
  const server = { url, caPem: null, insecureHttp: false };
  return enrol(deps, { server, token: `mt_${"t".repeat(43)}`, replaces });
}

const keyFiles = (platform: FakePlatform) =>
  [...platform.files.contents.keys()].filter((path) => path.endsWith(".pem"));

describe("enrol", () => {
  it("tells who the machine is without showing its raw ids", async () => {
    const platform = createFakePlatform();
    const server = await startServer();
    expect((await enrolAt(platform, server.url)).kind).toBe("enrolled");
    const [request] = server.enrolments;
    expect(request).toMatchObject({ hostname: "srv-01", osFamily: "linux", agentVersion: "0.1.0" });
    expect(JSON.stringify(request)).not.toContain(platform.machine.machineId);
    expect(JSON.stringify(request)).not.toContain(platform.machine.hypervisorUuid);
  });

  it("keeps the private half of the key that it showed", async () => {
    const platform = createFakePlatform();
    const server = await startServer();
    await enrolAt(platform, server.url);
    const [path = ""] = keyFiles(platform);
    const publicKey = createPublicKey({
      key: { kty: "OKP", crv: "Ed25519", x: server.enrolments[0]?.publicKey },
      format: "jwk",
    });
    const message = Buffer.from("claim");
    const signature = sign(null, message, platform.files.contents.get(path) ?? "");
    expect(verify(null, message, publicKey, signature)).toBe(true);
  });

  it("pins the organization's signing keys and the server's address", async () => {
    const platform = createFakePlatform();
    const server = await startServer();
    await enrolAt(platform, server.url);
    const stored = await readIdentity(platform.files, HOME);
    expect(stored).toMatchObject({
      kind: "enrolled",
      identity: { server: { url: server.url }, organization: { signingKeys: [{ id: "k1" }] }, intervalS: 30 },
    });
  });

  it("leaves an enrolled machine as it is unless it is told to replace", async () => {
    const platform = createFakePlatform();
    const server = await startServer();
    await storeIdentity(platform);
    expect((await enrolAt(platform, server.url)).kind).toBe("already-enrolled");
    expect(server.enrolments).toHaveLength(0);
    expect((await enrolAt(platform, server.url, true)).kind).toBe("enrolled");
    expect(keyFiles(platform)).toHaveLength(1);
  });

  it("gives a copied machine an identity of its own, and drops what waited in the other's name", async () => {
    const platform = createFakePlatform();
    const server = await startServer();
    await storeIdentity(platform);
    await platform.files.append(`${HOME.spool}/000000000000001.spool`, "{}\n", { sync: false });
    await platform.files.replace(HOME.outbox, "{}", { sync: false });
    platform.machine.machineId = "ffffffffffffffffffffffffffffffff";
    expect((await enrolAt(platform, server.url)).kind).toBe("enrolled");
    expect([...platform.files.contents.keys()].filter((path) => path.startsWith(HOME.spool))).toEqual([]);
    expect(platform.files.contents.has(HOME.outbox)).toBe(false);
  });

  it("leaves nothing behind when the server is not reached", async () => {
    const platform = createFakePlatform();
    const server = await startServer();
    await server.close();
    servers.pop();
    const enrolling = enrolAt(platform, server.url);
    const { promise, resolve } = Promise.withResolvers<void>();
    enrolling.finally(resolve).catch(() => undefined);
    const retries = setInterval(() => void platform.clock.advance(10_000), 5);
    await promise;
    clearInterval(retries);
    expect((await enrolling).kind).toBe("unreached");
    expect([...platform.files.contents.keys()]).toEqual([]);
  });

  it("does not enrol a machine that cannot be told from others", async () => {
    const platform = createFakePlatform();
    const server = await startServer();
    platform.identity.machineId = () => Promise.reject(new Error("/etc/machine-id is empty"));
    expect(await enrolAt(platform, server.url)).toEqual({
      kind: "unidentified",
      reason: "/etc/machine-id is empty",
    });
    expect(server.enrolments).toHaveLength(0);
  });
});

describe("forgetDevice", () => {
  it("leaves nothing of the device but its configuration", async () => {
    const platform = createFakePlatform();
    const server = await startServer();
    await enrolAt(platform, server.url);
    for (const path of [HOME.config, HOME.outbox, HOME.pause, HOME.status, `${HOME.spool}/head.json`]) {
      await platform.files.replace(path, "{}", { sync: false });
    }
    await forgetDevice(platform.files, HOME);
    expect([...platform.files.contents.keys()]).toEqual([HOME.config]);
  });
});
