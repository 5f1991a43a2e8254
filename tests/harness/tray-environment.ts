import { once } from "node:events";
import { type AddressInfo, connect } from "node:net";
import { createServer } from "node:tls";
import { type Action, QueuedActions, Action as ActionSchema } from "@muster/shared/contracts/action.ts";
import { DeviceSummary } from "@muster/shared/contracts/device.ts";
import type { NewEnrolmentToken } from "@muster/shared/contracts/enrolment.ts";
import type { OrganizationChange } from "@muster/shared/contracts/identity.ts";
import { expect } from "vitest";
import { bundledTray } from "./bundled-tray.ts";
import { launchChromium } from "./chromium.ts";
import { openShell, type TestShell } from "./command-line.ts";
import { type AppStart, PATIENCE_MS, type RunningApp, startApp } from "./electron/start-app.ts";
import { makeEnrolmentToken } from "./enrol-device.ts";
import type { UserMachine } from "./user-machine.ts";
import { type ServerProcess, startServerProcess } from "./server-process.ts";
import { TEST_CERTIFICATE, TEST_CERTIFICATE_KEY } from "./test-certificates.ts";

export type TrayStart = {
  setting?: Partial<AppStart["setting"]>;
  env?: Record<string, string>;
  args?: readonly string[];
};

/** A real server with an organization, the bundled tray, and a browser for its windows. */
export type TrayEnvironment = {
  url: string;
  orgId: string;
  shell: TestShell;
  ask(method: string, route: string, body?: object): Promise<ReturnType<typeof JSON.parse>>;
  /** Changes the organization's settings as its owner. */
  changeOrganization(change: OrganizationChange): Promise<void>;
  makeToken(token?: Partial<NewEnrolmentToken>): Promise<string>;
  devices(): Promise<DeviceSummary[]>;
  /** Requests an action. Returns its id. */
  queue(deviceId: string, type: string, payload: object): Promise<string>;
  /** Resolves with the action once it fulfils the condition. */
  untilAction(id: string, condition: (action: Action) => boolean): Promise<Action>;
  stopServer(): Promise<void>;
  /** Starts the server again on the same address. */
  startServer(): Promise<void>;
  startTray(machine: UserMachine, start?: TrayStart): Promise<RunningApp>;
  remove(): Promise<void>;
};

const OWNER = { email: "olive@example.org", password: "a passphrase for tests" };

const UNLIMITED = {
  MUSTER_DEVICE_REQUESTS_PER_S: "1000000",
  MUSTER_DEVICE_REQUESTS_AT_ONCE: "1000000",
  MUSTER_MEMBER_REQUESTS_PER_S: "1000000",
  MUSTER_MEMBER_REQUESTS_AT_ONCE: "1000000",
};

export async function startTrayEnvironment(): Promise<TrayEnvironment> {
  const [folder, browser, shell] = await Promise.all([bundledTray(), launchChromium(), openShell("sqlite")]);
  const { orgId } = (await shell.run(["org", "create", "Harbour"], { json: true })).json;
  const scopes = ["key", "create", "--org", orgId, "--name", "tests", "--scopes", "read,write,act,reboot"];
  const key: string = (await shell.run(scopes, { json: true })).json.secret;
  const owner = ["--org", orgId, "--email", OWNER.email, "--name", "Olive", "--role", "owner"];
  await shell.run(["user", "create", ...owner, "--password-stdin"], { stdin: OWNER.password });
  let cookie: string | null = null;
  let server: ServerProcess = startServerProcess({ ...shell.environment, ...UNLIMITED });
  const { url } = await server.ready;
  const trays: RunningApp[] = [];

  async function ask(method: string, route: string, body?: object) {
    const answer = await fetch(`${url}${route}`, {
      method,
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${route} answered ${answer.status}: ${text}`);
    return text === "" ? null : JSON.parse(text);
  }

  async function stopServer(): Promise<void> {
    server.process.kill("SIGKILL");
    await server.exited;
  }

  return {
    url,
    orgId,
    shell,
    ask,
    async changeOrganization(change) {
      cookie ??= await signInAs(url, OWNER);
      const headers = {
        cookie,
        origin: url,
        "content-type": "application/json",
        "muster-organization": orgId,
        "if-match": "*",
      };
      const body = JSON.stringify(change);
      const answer = await fetch(`${url}/api/v1/organization`, { method: "PATCH", headers, body });
      if (!answer.ok) throw new Error(await answer.text());
    },
    makeToken: (token) => makeEnrolmentToken(url, key, token),
    devices: async () => DeviceSummary.array().parse((await ask("GET", "/api/v1/devices")).items),
    async queue(deviceId, type, payload) {
      const queued = await ask("POST", "/api/v1/actions", { type, payload, deviceIds: [deviceId] });
      return QueuedActions.parse(queued).actions[0]?.id ?? "";
    },
    async untilAction(id, condition) {
      let seen = ActionSchema.parse(await ask("GET", `/api/v1/actions/${id}`));
      const look = async () => {
        seen = ActionSchema.parse(await ask("GET", `/api/v1/actions/${id}`));
        return condition(seen) || seen;
      };
      await expect.poll(look, { timeout: PATIENCE_MS }).toBe(true);
      return seen;
    },
    stopServer,
    async startServer() {
      const { port } = new URL(url);
      server = startServerProcess({ ...shell.environment, ...UNLIMITED, MUSTER_PORT: port });
      await server.ready;
    },
    async startTray(machine, { setting, env, args } = {}) {
      const tray = await startApp({
        folder,
        browser,
        setting: { home: `${machine.folder}/home`, ...setting },
        env: { ...machine.environment, MUSTER_AGENT_INTERVAL: "1", ...env },
        args,
        wrapper: machine.wrapper,
        clone: machine.clone,
      });
      trays.push(tray);
      return tray;
    },
    async remove() {
      await Promise.all(trays.map((tray) => tray.kill()));
      await stopServer();
      await browser.close();
      await shell.remove();
    },
  };
}

async function signInAs(url: string, owner: { email: string; password: string }): Promise<string> {
  const headers = { origin: url, "content-type": "application/json" };
  const answer = await fetch(`${url}/api/v1/auth/login`, {
    method: "POST",
    headers,
    body: JSON.stringify(owner),
  });
  return answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";
}

/** The same server with HTTPS and a certificate of an authority that no system trusts. */
export async function startTlsFront(url: string): Promise<{ url: string; close(): void }> {
  const port = Number(new URL(url).port);
  const front = createServer({ cert: TEST_CERTIFICATE, key: TEST_CERTIFICATE_KEY }, (client) => {
    const behind = connect(port, "127.0.0.1");
    client.on("error", () => behind.destroy()).pipe(behind);
    behind.on("error", () => client.destroy()).pipe(client);
  });
  front.on("tlsClientError", () => undefined);
  front.listen(0, "127.0.0.1");
  await once(front, "listening");
  const { port: own } = front.address() as AddressInfo;
  return { url: `https://localhost:${own}`, close: () => void front.close() };
}
