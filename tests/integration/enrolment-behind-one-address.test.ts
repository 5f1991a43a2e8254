import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { enrolPatiently } from "../../desktop-agent/src/agent/identity/enrol-patiently.ts";
import { createCollectors } from "../../desktop-agent/src/collectors/create-collectors.ts";
import { createFakePlatform } from "../../desktop-agent/src/platform/fake/fake-platform.ts";
import { createSystemClock } from "../../desktop-agent/src/platform/system-clock.ts";
import { openShell } from "../harness/command-line.ts";
import { HOME } from "../harness/fake-agent.ts";
import { startServerProcess } from "../harness/server-process.ts";

const MACHINES = 300;
const LIMIT_MS = 5 * 60_000;

it("enrols 300 machines behind one address within minutes at the default limits", {
  timeout: LIMIT_MS,
}, async ({ onTestFinished }) => {
  const shell = await openShell("sqlite");
  onTestFinished(() => shell.remove());
  const { orgId } = (await shell.run(["org", "create", "School"], { json: true })).json;
  const created = ["token", "create", "--org", orgId, "--uses", "unlimited"];
  const token: string = (await shell.run(created, { json: true })).json.secret;
  const server = startServerProcess(shell.environment);
  onTestFinished(async () => {
    server.process.kill("SIGKILL");
    await server.exited;
  });
  const { url } = await server.ready;

  let waits = 0;
  const enrolOne = async () => {
    const machineId = randomBytes(16).toString("hex");
    const platform = {
      ...createFakePlatform({ machineId, hypervisorUuid: null }),
      clock: createSystemClock(),
    };
    const deps = {
      platform,
      collectors: createCollectors(platform),
      home: HOME,
      random: Math.random,
      agent: { version: "0.1.0", runtime: "Node 24", variant: "headless" as const },
    };
    const address = { url, caPem: null, insecureHttp: false };
    return enrolPatiently(
      deps,
      { server: address, token, replaces: false },
      {
        forMs: LIMIT_MS,
        retriesUnreached: false,
        waits: () => {
          waits += 1;
        },
      },
    );
  };
  const outcomes = await Promise.all(Array.from({ length: MACHINES }, enrolOne));
  const ids = outcomes.map((outcome) => (outcome.kind === "enrolled" ? outcome.identity.deviceId : outcome));
  expect(new Set(ids).size).toBe(MACHINES);
  expect(ids.every((id) => typeof id === "string")).toBe(true);
  expect(waits).toBeGreaterThan(0);
});
