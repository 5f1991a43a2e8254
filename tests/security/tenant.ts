import { createECDH, generateKeyPairSync, type KeyObject, randomBytes, randomUUID, sign } from "node:crypto";
import type { Role, Scope } from "@muster/shared/contracts/identity.ts";
import { createUuidV7Factory } from "../../server/src/platform/crypto/ids.ts";
import type { TestShell } from "../harness/command-line.ts";
import { type Credential, send } from "./http-client.ts";
import { insertDelivery } from "./delivery-row.ts";
import { signIn } from "./sign-in.ts";

export type Device = { id: string; credential: Credential; privateKey: KeyObject };

/** An organization with a person of each role, keys, and ways to fill it. */
export type Tenant = {
  orgId: string;
  as(role: Role): Credential;
  key(scopes: readonly Scope[]): Promise<Credential>;
  enrol(): Promise<Device>;
  archived(): Promise<Device>;
  approvalPending(): Promise<Device>;
  /** One whose credential two boots used in turn. */
  cloneSuspected(): Promise<Device>;
  /** Id of an action that waits. */
  queued(deviceId: string): Promise<string>;
  /** Id of a batch with an action that waits. */
  queuedBatch(deviceId: string): Promise<string>;
  /** Id of an edit of devices that the owner made and can undo. */
  edited(): Promise<string>;
  claim(device: Device, nonce: string): Promise<void>;
  start(device: Device, actionId: string, nonce: string): Promise<void>;
  userId(role: Role): Promise<string>;
  keyId(): Promise<string>;
  enrolmentTokenId(): Promise<string>;
  /** Gives the owner the right to what concerns the whole server. */
  makeServerAdmin(): Promise<void>;
  /** Id of a new customer. */
  customerId(): Promise<string>;
  /** Id of a new alarm rule. */
  alarmRuleId(): Promise<string>;
  /** Ids of all alarm rules. */
  alarmRuleIds(): Promise<string[]>;
  /** Sets the interval of reports to an hour, so that no device is late while a test looks. */
  reportHourly(): Promise<void>;
  /** Removes the rules that every organization begins with. */
  removeAlarmRules(): Promise<void>;
  /** Id of an open alarm about a new device. */
  alarmId(): Promise<string>;
  /** A help request of a new device: its id there, and the id of its alarm. */
  helpRequest(): Promise<{ device: Device; id: string; alarmId: string }>;
  /** Acknowledges an alarm as the owner. */
  acknowledge(alarmId: string): Promise<void>;
  /** Id of a view that the member of a role has saved for themselves. */
  viewId(role: Role): Promise<string>;
  /** Id of what the owner watches. */
  watchId(): Promise<string>;
  /** Id of a browser in which the viewer, whom no policy names, gets push notifications. */
  pushSubscriptionId(): Promise<string>;
  /** Id of a silence that is in force, for alarms that there are none of. */
  silenceId(): Promise<string>;
  /** Id of an open maintenance window. Its only device is archived, so that nothing happens to it while the test looks. */
  windowId(): Promise<string>;
  /** Id of an incident on the status page. */
  incidentId(): Promise<string>;
  /** Id of a channel. */
  channelId(): Promise<string>;
  /** Id of the only notification policy. */
  policyId(): Promise<string>;
  /** Id of a delivery that was sent. */
  deliveryId(): Promise<string>;
  /** The same organization, whose new devices and tokens belong to this customer and whose machines are called `hostname`. */
  ofCustomer(customerId: string, hostname: string): Tenant;
  /** A new user who is limited to these customers. */
  limited(role: Role, customerIds: readonly string[]): Promise<Credential>;
  limitedKey(scopes: readonly Scope[], customerIds: readonly string[]): Promise<Credential>;
  /** Id of an invitation of the owner to another organization. */
  invitationOfOwner(): Promise<string>;
};

/** A browser at a push service that does not exist. */
export function newPushSubscription(browser: string = randomUUID()) {
  const curve = createECDH("prime256v1");
  const keys = { p256dh: curve.generateKeys("base64url"), auth: randomBytes(16).toString("base64url") };
  return { name: "Firefox on Linux", endpoint: `https://push.invalid/${browser}`, keys };
}

const PASSWORD = "a passphrase for tests";
const ROLES: readonly Role[] = ["viewer", "operator", "admin", "owner"];

/** An organization with a signed-in user of each of these roles. */
export async function makeTenant(
  base: string,
  shell: TestShell,
  name: string,
  roles: readonly Role[] = ROLES,
): Promise<Tenant> {
  const made = await shell.run(["org", "create", name], { json: true });
  const { orgId, apiKey } = made.json;
  const sessions = new Map<Role, Credential>();
  const emailOf = (role: Role) => `${role}@${name.toLowerCase().replaceAll(" ", "-")}.example`;
  for (const role of roles) {
    const email = emailOf(role);
    const args = ["user", "create", "--org", orgId, "--email", email, "--name", role, "--role", role];
    await shell.run([...args, "--password-stdin"], { stdin: PASSWORD });
    sessions.set(role, { kind: "session", cookie: await signIn(base, email, PASSWORD), origin: base });
  }
  const operatorKey: Credential = { kind: "bearer", secret: apiKey };

  type Enrolling = { customerId: string | null; hostname: string };

  async function enrol({ customerId, hostname }: Enrolling, more: object = {}): Promise<Device> {
    const token = await post("/api/v1/enrolment-tokens", { validHours: 1, customerId, ...more });
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    const answer = await send(
      base,
      "post",
      "/api/v1/agent/enrol",
      { kind: "none" },
      {
        token: token.secret,
        machine: { machineId: randomBytes(16).toString("hex"), hypervisorUuid: null },
        hostname,
        osFamily: "linux",
        classGuess: "server",
        publicKey: publicKey.export({ format: "jwk" }).x,
        agentVersion: "0.1.0",
      },
    );
    if (answer.status !== 201) throw new Error(`not enrolled: ${answer.text}`);
    const { deviceId, credential } = answer.body;
    return { id: deviceId, credential: { kind: "bearer", secret: credential }, privateKey };
  }

  async function call(method: string, path: string, credential: Credential, body?: unknown) {
    const answer = await send(base, method, path, credential, body);
    if (answer.status >= 300) throw new Error(`${path}: ${answer.text}`);
    return answer.body;
  }
  const post = (path: string, body?: unknown) => call("post", path, operatorKey, body);
  function queue(deviceId: string) {
    const request = { type: "message", payload: { title: "t", text: "t" }, deviceIds: [deviceId] };
    return post("/api/v1/actions", request);
  }

  function as(role: Role): Credential {
    const session = sessions.get(role);
    if (!session) throw new Error(`nobody is ${role}`);
    return session;
  }

  async function reportOf(device: Device, bootId: string, sequence: number): Promise<void> {
    const report = { v: 1, epoch: "epoch1", lane: "live", sequence, sentAt: Date.now(), bootId, samples: [] };
    await call("post", "/api/v1/agent/report", device.credential, report);
  }

  const common = {
    orgId,
    as,
    async key(scopes: readonly Scope[]): Promise<Credential> {
      const args = ["key", "create", "--org", orgId, "--name", scopes.join(), "--scopes", scopes.join()];
      const ran = await shell.run(args, { json: true });
      return { kind: "bearer", secret: ran.json.secret ?? ran.json.apiKey };
    },
    async claim(device: Device, nonce: string) {
      const body = statement(device, { says: "claim", nonce, bootId: "b", sentAt: 0 });
      await call("post", "/api/v1/agent/actions/claim", device.credential, body);
    },
    async start(device: Device, actionId: string, nonce: string) {
      const body = statement(device, { says: "start", actionId, nonce, bootId: "b" });
      await call("post", `/api/v1/agent/actions/${actionId}/start`, device.credential, body);
    },
    async userId(role: Role): Promise<string> {
      const page = await call("get", "/api/v1/users", as("owner"));
      return page.items.find((user: { role: Role }) => user.role === role).id;
    },
    async keyId(): Promise<string> {
      const body = { name: "to revoke", scopes: ["read"], validDays: 1 };
      return (await call("post", "/api/v1/keys", as("owner"), body)).key.id;
    },
    async makeServerAdmin() {
      await shell.run(["user", "grant-server-admin", emailOf("owner")]);
    },
    async invitationOfOwner(): Promise<string> {
      const inviting = await shell.run(["org", "create", "Inviting"], { json: true });
      const email = `owner-${randomUUID()}@inviting.example`;
      const owner = ["--email", email, "--name", "owner", "--role", "owner", "--password-stdin"];
      await shell.run(["user", "create", "--org", inviting.json.orgId, ...owner], { stdin: PASSWORD });
      const invited = {
        name: "Invited",
        email: emailOf("owner"),
        role: "viewer",
        password: PASSWORD,
      };
      const inviter: Credential = {
        kind: "session",
        cookie: await signIn(base, email, PASSWORD),
        origin: base,
      };
      return (await call("post", "/api/v1/users", inviter, invited)).id;
    },
    enrolmentTokenId: async () => (await post("/api/v1/enrolment-tokens", {})).token.id,
    queued: async (deviceId: string): Promise<string> => (await queue(deviceId)).actions[0].id,
    queuedBatch: async (deviceId: string): Promise<string> => (await queue(deviceId)).batchId,
    async acknowledge(alarmId: string) {
      await call("post", `/api/v1/alarms/${alarmId}/acknowledge`, as("owner"), {});
    },
    customerId: async () => (await post("/api/v1/customers", { name: `Customer ${randomUUID()}` })).id,
    async alarmRuleId() {
      const wanted = { name: `Rule ${randomUUID()}`, type: "offline" };
      return (await call("post", "/api/v1/alarm-rules", as("owner"), wanted)).id;
    },
    async reportHourly() {
      const { version } = await call("get", "/api/v1/organization", as("owner"));
      const change = { reportIntervalS: 3600 };
      const headers = { "if-match": `"${version}"` };
      const answer = await send(base, "patch", "/api/v1/organization", as("owner"), change, headers);
      if (answer.status !== 200) throw new Error(`interval not set: ${answer.text}`);
    },
    async removeAlarmRules() {
      for (const id of await this.alarmRuleIds()) {
        await call("delete", `/api/v1/alarm-rules/${id}`, as("owner"));
      }
    },
    async alarmRuleIds() {
      const { items } = await call("get", "/api/v1/alarm-rules", as("owner"));
      return items.map(({ id }: { id: string }) => id);
    },
    async viewId(role: Role): Promise<string> {
      const wanted = { name: `View ${randomUUID()}`, definition: { query: {} } };
      return (await call("post", "/api/v1/views", as(role), wanted)).id;
    },
    async channelId(): Promise<string> {
      const wanted = {
        name: `Channel ${randomUUID()}`,
        type: "webhook",
        settings: { url: "https://muster.invalid/" },
      };
      return (await call("post", "/api/v1/channels", as("owner"), wanted)).id;
    },
    async policyId(): Promise<string> {
      const known = await call("get", "/api/v1/notification-policies", as("owner"));
      if (known.items.length > 0) return known.items[0].id;
      const wanted = { name: "Policy", recipients: { roles: ["owner"] } };
      return (await call("post", "/api/v1/notification-policies", as("owner"), wanted)).id;
    },
    deliveryId: () => insertDelivery(shell.databaseUrl, orgId),
    async limited(role: Role, customerIds: readonly string[]): Promise<Credential> {
      const email = `limited-${randomUUID()}@limited.example`;
      const wanted = { name: "Limited", email, role, password: PASSWORD, customerIds };
      await call("post", "/api/v1/users", as("owner"), wanted);
      return { kind: "session", cookie: await signIn(base, email, PASSWORD), origin: base };
    },
    async limitedKey(scopes: readonly Scope[], customerIds: readonly string[]): Promise<Credential> {
      const wanted = { name: "limited", scopes, validDays: 1, customerIds };
      const { secret } = await call("post", "/api/v1/keys", as("owner"), wanted);
      return { kind: "bearer", secret };
    },
  };

  return tenantWith({ customerId: null, hostname: `host-of-${name}` });

  function tenantWith(enrolling: Enrolling): Tenant {
    return {
      ...common,
      ofCustomer: (customerId, hostname) => tenantWith({ customerId, hostname }),
      enrol: () => enrol(enrolling),
      async edited() {
        const body = { deviceIds: [(await enrol(enrolling)).id], change: { addTags: ["edited"] } };
        return (await call("post", "/api/v1/device-edits", as("owner"), body)).id;
      },
      async alarmId() {
        const alarm = { key: randomUUID(), text: "Backup failed", deviceId: (await enrol(enrolling)).id };
        return (await post("/api/v1/alarms", alarm)).alarms[0].id;
      },
      async helpRequest() {
        const device = await enrol(enrolling);
        const id = createUuidV7Factory(Date.now)();
        const request = { id, text: "Help", askedBy: "ann", askedAt: Date.now(), diagnostics: null };
        await call("post", "/api/v1/agent/help-requests", device.credential, request);
        const { items } = await call("get", `/api/v1/alarms?deviceId=${device.id}`, operatorKey);
        return { device, id, alarmId: items[0].id };
      },
      async incidentId() {
        const body = { title: "Incident", impact: "outage", componentIds: [], text: "Text" };
        return (await post("/api/v1/status-incidents", body)).id;
      },
      async watchId() {
        const wanted = { kind: "alarm", targetId: await this.alarmId() };
        return (await call("post", "/api/v1/watches", as("owner"), wanted)).id;
      },
      async pushSubscriptionId() {
        return (await call("post", "/api/v1/push-subscriptions", as("viewer"), newPushSubscription(orgId)))
          .id;
      },
      async silenceId() {
        const endsAt = new Date(Date.now() + 3_600_000).toISOString();
        const scope = { kind: "device", deviceId: (await this.archived()).id };
        const wanted = { comment: `Known ${randomUUID()}`, severities: ["info"], scope, endsAt };
        return (await call("post", "/api/v1/silences", as("owner"), wanted)).id;
      },
      async windowId() {
        const scope = { kind: "devices", deviceIds: [(await this.archived()).id] };
        const wanted = { name: "Window", scope, schedule: { kind: "once", minutes: 60 } };
        return (await call("post", "/api/v1/maintenance-windows", as("owner"), wanted)).id;
      },
      approvalPending: () => enrol(enrolling, { needsApproval: true }),
      async archived() {
        const device = await enrol(enrolling);
        await post(`/api/v1/devices/${device.id}/archive`);
        return device;
      },
      async cloneSuspected() {
        const device = await enrol(enrolling);
        for (const [index, bootId] of ["boot-a", "boot-b", "boot-a", "boot-b"].entries()) {
          await reportOf(device, bootId, index + 1);
        }
        return device;
      },
      enrolmentTokenId: async () =>
        (await post("/api/v1/enrolment-tokens", { customerId: enrolling.customerId })).token.id,
    };
  }
}

/** A statement as a device makes it, signed by its own key. */
export function statement(device: Device, said: object) {
  const bytes = Buffer.from(JSON.stringify({ deviceId: device.id, ...said }));
  return {
    statement: bytes.toString("base64url"),
    signature: sign(null, bytes, device.privateKey).toString("base64url"),
  };
}
