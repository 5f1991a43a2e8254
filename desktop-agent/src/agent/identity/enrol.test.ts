import { createHash, createPublicKey, sign, verify } from "node:crypto";
import { type EnrolmentRequest, ReturningEnrolment } from "@muster/shared/contracts/enrolment.ts";
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
  return enrol(deps, { server, token: TOKEN, replaces });
}

const TOKEN = `mt_${"t".repeat(43)}`;

function openReturning(request: EnrolmentRequest | undefined): ReturningEnrolment {
  const { statement = "", signature = "" } = request?.returning ?? {};
  const bytes = Buffer.from(statement, "base64url");
  const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: request?.publicKey }, format: "jwk" });
  expect(verify(null, bytes, key, Buffer.from(signature, "base64url"))).toBe(true);
  return ReturningEnrolment.parse(JSON.parse(bytes.toString()));
}

/** Enrols at a server that takes it and loses the answer. */
async function loseAnswer(platform: FakePlatform, server: AgentServer): Promise<void> {
  server.refuseEnrolments("lost");
  const outcome = await withTimePassing(platform, enrolAt(platform, server.url));
  expect(outcome.kind).toBe("unreached");
  server.refuseEnrolments(null);
}

/** Lets time pass until it has ended. */
async function withTimePassing<T>(platform: FakePlatform, task: Promise<T>): Promise<T> {
  const passing = setInterval(() => void platform.clock.advance(250), 5);
  return task.finally(() => clearInterval(passing));
}

const keyFiles = (platform: FakePlatform) =>
  [...platform.files.contents.keys()].filter((path) => path.endsWith(".pem"));

describe("enrol", () => {
  it("identifies the machine without sending its raw ids", async () => {
    const platform = createFakePlatform();
    const server = await startServer();
    expect((await enrolAt(platform, server.url)).kind).toBe("enrolled");
    const [request] = server.enrolments;
    expect(request).toMatchObject({ hostname: "srv-01", osFamily: "linux", agentVersion: "0.1.0" });
    expect(JSON.stringify(request)).not.toContain(platform.machine.machineId);
    expect(JSON.stringify(request)).not.toContain(platform.machine.hypervisorUuid);
  });

  it("stores the private key of the public key that it sent", async () => {
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

  it("does not change an enrolled machine unless it is told to replace the enrolment", async () => {
    const platform = createFakePlatform();
    const server = await startServer();
    await storeIdentity(platform);
    expect((await enrolAt(platform, server.url)).kind).toBe("already-enrolled");
    expect(server.enrolments).toHaveLength(0);
    expect((await enrolAt(platform, server.url, true)).kind).toBe("enrolled");
    expect(keyFiles(platform)).toHaveLength(1);
  });

  it("gives a copied machine a new identity, and drops what waited under the old one", async () => {
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

  it("keeps its key, and what it was for, until the server answers", async () => {
    const platform = createFakePlatform();
    const server = await startServer();
    await server.close();
    servers.pop();
    const enrolling = enrolAt(platform, server.url);
    await withTimePassing(platform, enrolling);
    expect((await enrolling).kind).toBe("unreached");
    expect(keyFiles(platform)).toHaveLength(1);
    expect(platform.files.contents.get(HOME.enrolment)).not.toContain("tttt");
    expect([...platform.files.durable.keys()].toSorted()).toEqual(
      [...keyFiles(platform), HOME.enrolment].toSorted(),
    );
  });

  it("signs that the holder of the key enrols at this server with this token", async () => {
    const platform = createFakePlatform();
    const server = await startServer();
    await enrolAt(platform, server.url);
    const [request] = server.enrolments;
    const said = openReturning(request);
    expect(said).toEqual({
      says: "enrol",
      server: server.url,
      tokenDigest: createHash("sha256").update(TOKEN).digest("base64url"),
      publicKey: request?.publicKey,
      at: platform.clock.wallMs(),
    });
  });

  it("uses the same key after a lost answer, and another key for anything else", async () => {
    const platform = createFakePlatform();
    const server = await startServer();
    await loseAnswer(platform, server);
    await withTimePassing(platform, enrolAt(platform, server.url));
    const keys = () => server.enrolments.map(({ publicKey }) => publicKey);
    expect(new Set(keys()).size).toBe(1);
    expect(platform.files.contents.has(HOME.enrolment)).toBe(false);
    expect(keyFiles(platform)).toHaveLength(1);
    const changes: ((other: FakePlatform) => void | Promise<unknown>)[] = [
      (other) => void (other.machine.machineId = "ffffffffffffffffffffffffffffffff"),
      (other) => other.files.remove(keyFiles(other)[0] ?? ""),
      (other) => other.files.replace(HOME.enrolment, "{", { sync: true }),
      (other) => other.files.breakPath(HOME.enrolment, "EIO"),
    ];
    for (const change of changes) {
      const other = createFakePlatform();
      await loseAnswer(other, server);
      const lost = keys().at(-1);
      await change(other);
      await withTimePassing(other, enrolAt(other, server.url));
      expect(keys().at(-1)).not.toBe(lost);
    }
  });

  it("removes the key when the server refuses the token", async () => {
    const platform = createFakePlatform();
    const server = await startServer();
    server.refuseEnrolments("enrolment-refused");
    expect(await enrolAt(platform, server.url)).toMatchObject({ kind: "refused" });
    expect([...platform.files.contents.keys()]).toEqual([]);
  });

  it("does not enrol a machine that cannot be distinguished from others", async () => {
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
  it("removes everything of the device except its configuration", async () => {
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
