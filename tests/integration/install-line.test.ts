import { createHash } from "node:crypto";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Dialect } from "../../server/src/platform/database/store.ts";
import { writeAgentStandIn } from "../harness/agent-stand-in.ts";
import { openShell, type TestShell } from "../harness/command-line.ts";
import { type ComposedServer, startComposedServer } from "../harness/composed-server.ts";

const DIALECTS: Dialect[] = ["sqlite", "postgres"];

describe.each(DIALECTS)("install lines on %s", (dialect) => {
  let shell: TestShell;
  let server: ComposedServer;
  let orgId: string;
  let apiKey: string;

  beforeAll(async () => {
    shell = await openShell(dialect);
    ({ orgId, apiKey } = (await shell.run(["org", "create", "Nörd'wind $(id)"], { json: true })).json);
    server = await startComposedServer({ ...shell.environment, MUSTER_BUILD_AGENT: "0" });
  });
  afterAll(async () => {
    await server.close();
    await shell.remove();
  });

  async function offerAgent() {
    const file = await writeAgentStandIn(path.join(shell.dataDir, "agent.bin"), "linux-x64");
    const added = await shell.run(["artefacts", "add", file, "--system", "linux-x64", "--version", "1.0.0"]);
    expect(added).toMatchObject({ exitCode: 0 });
  }

  const makeLine = async (...more: string[]) =>
    (
      await shell.run(["install-line", "--system", "linux", "--org", orgId, ...more], {
        json: true,
        environment: { MUSTER_PORT: new URL(server.url).port },
      })
    ).json;
  const download = async (address: string) => {
    const answer = await fetch(server.url + address);
    return { status: answer.status, type: answer.headers.get("content-type"), text: await answer.text() };
  };
  const scriptOf = (line: string) => {
    const [, address = "", sha256 = ""] = /(\/install\/linux\.sh\?sha256=([0-9a-f]{64}))/.exec(line) ?? [];
    return { address, sha256 };
  };
  const countTokens = async () =>
    (await shell.run(["token", "list", "--org", orgId], { json: true })).json.items.length;

  async function ask(method: string, address: string, body?: object) {
    const answer = await fetch(server.url + address, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: await answer.json() };
  }

  test("are null without an agent, with a warning and no token", async () => {
    const ran = await shell.run(["install-line", "--system", "macos", "--org", orgId], { json: true });
    expect(ran.exitCode).toBe(0);
    expect(ran.json.line).toBeNull();
    expect(ran.json.warnings.join(" ")).toMatch(/no agent for macos-arm64 and macos-x64/);
    expect(await countTokens()).toBe(0);
    expect((await download("/install/macos.sh")).status).toBe(404);
  });

  test("hold the hash of a script that holds the hash of the agent, and nothing of token or organization", async () => {
    await offerAgent();
    const { line, warnings } = await makeLine();
    expect(warnings.join(" ")).toMatch(/set MUSTER_HOST=0\.0\.0\.0 and MUSTER_TLS=self/);
    expect(warnings.join(" ")).toMatch(/linux-arm64/);
    const { address, sha256 } = scriptOf(line);
    const script = await download(address);
    expect(script).toMatchObject({ status: 200, type: "text/plain; charset=utf-8" });
    expect(createHash("sha256").update(script.text).digest("hex")).toBe(sha256);
    expect(script.text).not.toMatch(/mt_|wind|localhost|127\.0\.0\.1|20\d\d-/);
    expect(script.text).not.toContain(orgId);
    const [, agent = ""] = /linux-x64 sum=([0-9a-f]{64})/.exec(script.text) ?? [];
    expect((await fetch(`${server.url}/install/agent/linux-x64?sha256=${agent}`)).status).toBe(200);
  });

  test("make one token for 24 hours each, with the given number of uses", async () => {
    const before = await countTokens();
    const made = await makeLine("--uses", "7");
    expect(await countTokens()).toBe(before + 1);
    expect(Date.parse(made.expiresAt) - Date.now()).toBeGreaterThan(23.9 * 3_600_000);
    expect(Date.parse(made.expiresAt) - Date.now()).toBeLessThanOrEqual(24 * 3_600_000);
    const { items } = (await shell.run(["token", "list", "--org", orgId], { json: true })).json;
    expect(items.find(({ id }: { id: string }) => id === made.tokenId)).toMatchObject({ usesLeft: 7 });
  });

  test("work after a newer agent took the place of theirs", async () => {
    const first = scriptOf((await makeLine()).line);
    const before = await download(first.address);
    await offerAgent();
    const second = scriptOf((await makeLine()).line);
    expect(second.sha256).not.toBe(first.sha256);
    expect(await download(first.address)).toEqual(before);
    const unknown = await download(`/install/linux.sh?sha256=${"0".repeat(64)}`);
    expect(unknown.status).toBe(404);
    expect(unknown.text).toContain("Make a new install line.");
    expect((await download("/install/linux.sh?sha256=x")).status).toBe(400);
  });

  test("are made for the dashboard, which learns first what there is", async () => {
    const { body: options } = await ask("GET", "/api/v1/install-options");
    expect(options).toMatchObject({ isReachable: false, trust: "loopback" });
    const states = options.systems.map(({ system, state }: { system: string; state: string }) => [
      system,
      state,
    ]);
    expect(states).toEqual([
      ["linux", "ready"],
      ["macos", "none"],
      ["windows", "none"],
    ]);
    const { status, body } = await ask("POST", "/api/v1/install-lines", {
      system: "linux",
      name: "Second floor",
      maxUses: null,
    });
    expect(status).toBe(201);
    expect(body.token).toMatchObject({ name: "Second floor", usesLeft: null, state: "valid" });
    expect(body.line).toContain("/install/linux.sh?sha256=");
    expect((await ask("POST", "/api/v1/install-lines", { system: "linux", validHours: 999 })).status).toBe(
      400,
    );
  });
});
