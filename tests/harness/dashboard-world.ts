import { randomBytes } from "node:crypto";
import path from "node:path";
import type { Report } from "@muster/shared/contracts/report.ts";
import { AGENT_PATHS } from "@muster/shared/protocol/agent-protocol.ts";
import { buildDashboard } from "../../build/launch/build-dashboard.mjs";
import { type ActionDevice, enrolActionDevice } from "./action-world.ts";
import { openShell, type TestShell } from "./command-line.ts";
import { startComposedServer } from "./composed-server.ts";
import { enrolDevice, makeEnrolmentToken } from "./enrol-device.ts";

export const EMAIL = "olive@example.org";
export const PASSWORD = "a passphrase for tests";

export type ScriptedDevice = ActionDevice & {
  name: string;
  /** Sends a report; `change` overrides its values. */
  report(change?: Partial<Report>): Promise<void>;
};

/** A real server with the built dashboard, one organization, an owner who can sign in, and scripted devices. */
export type DashboardWorld = {
  url: string;
  orgId: string;
  shell: TestShell;
  /** An API key that may do everything. */
  key: string;
  addDevice(change?: {
    hostname?: string;
    tags?: string[];
    needsApproval?: boolean;
  }): Promise<ScriptedDevice>;
  remove(): Promise<void>;
};

type Question = { bearer?: string; body?: unknown };

const root = path.join(import.meta.dirname, "../..");

export async function startDashboard(environment: Record<string, string> = {}): Promise<DashboardWorld> {
  if (!buildDashboard(root)) throw new Error("the dashboard could not be built");
  const shell = await openShell("sqlite");
  const { orgId } = (await shell.run(["org", "create", "Northwind"], { json: true })).json;
  const owner = ["--org", orgId, "--email", EMAIL, "--name", "Olive", "--role", "owner"];
  await shell.run(["user", "create", ...owner, "--password-stdin"], { stdin: PASSWORD });
  const scopes = ["key", "create", "--org", orgId, "--name", "tests", "--scopes", "read,write,act,reboot"];
  const key: string = (await shell.run(scopes, { json: true })).json.secret;
  const server = await startComposedServer({ ...shell.environment, ...environment });
  const { url } = server;

  async function ask(method: string, route: string, { bearer, body }: Question = {}) {
    const answer = await fetch(url + route, {
      method,
      headers: { "content-type": "application/json", authorization: `Bearer ${bearer}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: text === "" ? null : JSON.parse(text) };
  }

  return {
    url,
    orgId,
    shell,
    key,
    async addDevice({
      hostname = `host-${randomBytes(3).toString("hex")}`,
      tags = [],
      needsApproval = false,
    } = {}) {
      const token = await makeEnrolmentToken(url, key, { tags, needsApproval });
      const device = await enrolActionDevice(
        { ask },
        {
          enrol: ({ publicKey } = {}) =>
            enrolDevice(url, token, { hostname, ...(publicKey && { publicKey }) }),
        },
      );
      return { ...device, name: hostname, report: createReporter(ask, device.bearer) };
    },
    async remove() {
      await server.close();
      await shell.remove();
    },
  };
}

/** Sends reports of one device, each with the next number. */
function createReporter(
  ask: (method: string, route: string, question: Question) => Promise<{ status: number }>,
  bearer: string,
) {
  let sequence = 0;
  return async (change: Partial<Report> = {}) => {
    sequence += 1;
    const now = Date.now();
    const report: Report = {
      v: 1,
      epoch: "epoch1",
      lane: "live",
      sequence,
      sentAt: now,
      bootId: "boot-1",
      samples: [{ at: now, cpu: 4, memory: 31, disk: 40 }],
      intervalS: 300,
      ...change,
    };
    const answer = await ask("POST", AGENT_PATHS.report, { bearer, body: report });
    if (answer.status !== 200) throw new Error(`A report was answered with status ${answer.status}.`);
  };
}
