import { randomUUID } from "node:crypto";
import type { Credential } from "./http-client.ts";
import { type Device, newPushSubscription, statement, type Tenant } from "./tenant.ts";

/** One valid request to a route: what its path, query and body name belongs to the tenant it was made for. */
export type RouteRequest = {
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** The device whose credential sends it, for the agents' routes. */
  device?: Device;
  /** Sent as this person in place of the least role, where the request is about the sender. */
  as?: Credential;
};

type MakeRequest = (tenant: Tenant) => Promise<RouteRequest>;

/** A session has to name the version that it changes. */
const ANY_VERSION = { "if-match": "*" };
const ALARM_RULE = { name: "CPU busy", type: "metric", settings: { metric: "cpu", warning: 90 } };
const NONCE = "n".repeat(43);
const at = (path: string) => async () => ({ path });
const sentBy = (path: string, body?: unknown) => async (tenant: Tenant) => ({
  path,
  body,
  device: await tenant.enrol(),
});
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
const customerScope = async (tenant: Tenant) => ({
  kind: "customer",
  customerId: await tenant.customerId(),
});
const hourAgo = () => new Date(Date.now() - 3_600_000).toISOString();

/** Every route of the native API that looks at a credential, by method and path. A route that is missing here fails the test. */
export const FIXTURES: Record<string, MakeRequest> = {
  "get /metrics": at("/metrics"),
  "post /api/v1/auth/logout": at("/api/v1/auth/logout"),
  "get /api/v1/me": at("/api/v1/me"),
  "put /api/v1/me/language": async () => ({ path: "/api/v1/me/language", body: { language: "fr" } }),
  "post /api/v1/me/password": async () => ({
    path: "/api/v1/me/password",
    body: { current: "a passphrase for tests", next: "another passphrase for tests" },
  }),
  "get /api/v1/organization": at("/api/v1/organization"),
  "patch /api/v1/organization": async () => ({
    path: "/api/v1/organization",
    body: { offlineAfterS: 700 },
    headers: ANY_VERSION,
  }),
  "get /api/v1/users": at("/api/v1/users"),
  "post /api/v1/users": async () => ({
    path: "/api/v1/users",
    body: {
      name: "New",
      email: `new-${randomUUID()}@people.example`,
      role: "viewer",
      password: "quite a long one",
    },
  }),
  "get /api/v1/users/{id}": async (tenant) => ({ path: `/api/v1/users/${await tenant.userId("viewer")}` }),
  "patch /api/v1/users/{id}": async (tenant) => ({
    path: `/api/v1/users/${await tenant.userId("viewer")}`,
    body: { name: "Renamed" },
    headers: ANY_VERSION,
  }),
  "delete /api/v1/users/{id}": async (tenant) => ({ path: `/api/v1/users/${await tenant.userId("viewer")}` }),
  "post /api/v1/me/invitations/{id}/accept": async (tenant) => ({
    path: `/api/v1/me/invitations/${await tenant.invitationOfOwner()}/accept`,
  }),
  "delete /api/v1/me/invitations/{id}": async (tenant) => ({
    path: `/api/v1/me/invitations/${await tenant.invitationOfOwner()}`,
  }),
  "get /api/v1/keys": at("/api/v1/keys"),
  "post /api/v1/keys": async () => ({
    path: "/api/v1/keys",
    body: { name: "k", scopes: ["read"], validDays: 1 },
  }),
  "put /api/v1/keys/{id}/limit": async (tenant) => ({
    path: `/api/v1/keys/${await tenant.keyId()}/limit`,
    body: { customerIds: [] },
    headers: ANY_VERSION,
  }),
  "delete /api/v1/keys/{id}": async (tenant) => ({ path: `/api/v1/keys/${await tenant.keyId()}` }),
  "get /api/v1/enrolment-tokens": at("/api/v1/enrolment-tokens"),
  "post /api/v1/enrolment-tokens": async () => ({ path: "/api/v1/enrolment-tokens", body: {} }),
  "delete /api/v1/enrolment-tokens/{id}": async (tenant) => ({
    path: `/api/v1/enrolment-tokens/${await tenant.enrolmentTokenId()}`,
  }),
  "get /api/v1/install-options": at("/api/v1/install-options"),
  "post /api/v1/install-lines": async () => ({ path: "/api/v1/install-lines", body: { system: "linux" } }),
  "get /api/v1/audit": at("/api/v1/audit"),
  "get /api/v1/alarms": at("/api/v1/alarms"),
  "get /api/v1/alarms/summary": at("/api/v1/alarms/summary"),
  "get /api/v1/alarm-assignees": at("/api/v1/alarm-assignees"),
  "post /api/v1/alarms": async (tenant) => ({
    path: "/api/v1/alarms",
    body: { key: "backup", text: "Backup failed", deviceId: (await tenant.enrol()).id },
  }),
  "post /api/v1/alarms/alertmanager": async (tenant) => ({
    path: `/api/v1/alarms/alertmanager?deviceId=${(await tenant.enrol()).id}`,
    body: {
      version: "4",
      alerts: [{ status: "firing", labels: { alertname: "DiskFull" }, fingerprint: "c0ffee" }],
    },
  }),
  "post /api/v1/alarms/bulk": async (tenant) => ({
    path: "/api/v1/alarms/bulk",
    body: { ids: [await tenant.alarmId()], action: { kind: "acknowledge", note: "known" } },
  }),
  "get /api/v1/alarms/{id}": async (tenant) => ({ path: `/api/v1/alarms/${await tenant.alarmId()}` }),
  "post /api/v1/alarms/{id}/acknowledge": (tenant) => onAlarm(tenant, "acknowledge", { note: "known" }),
  "post /api/v1/alarms/{id}/unacknowledge": async (tenant) => {
    const id = await tenant.alarmId();
    await tenant.acknowledge(id);
    return { path: `/api/v1/alarms/${id}/unacknowledge`, body: {} };
  },
  "post /api/v1/alarms/{id}/resolve": (tenant) => onAlarm(tenant, "resolve", {}),
  "post /api/v1/alarms/{id}/snooze": (tenant) =>
    onAlarm(tenant, "snooze", { until: new Date(Date.now() + 3_600_000).toISOString() }),
  "post /api/v1/alarms/{id}/assign": async (tenant) =>
    onAlarm(tenant, "assign", { userId: await tenant.userId("operator") }),
  "post /api/v1/alarms/{id}/comment": (tenant) => onAlarm(tenant, "comment", { note: "known" }),
  "get /api/v1/artefacts": at("/api/v1/artefacts"),
  "post /api/v1/artefacts/builds": async (tenant) => {
    await tenant.makeServerAdmin();
    return { path: "/api/v1/artefacts/builds", body: { system: "linux-x64" } };
  },
  "get /api/v1/devices": at("/api/v1/devices"),
  "get /api/v1/devices/summary": at("/api/v1/devices/summary"),
  "get /api/v1/devices/sparklines": async (tenant) => ({
    path: `/api/v1/devices/sparklines?ids=${(await tenant.enrol()).id}`,
  }),
  "get /api/v1/devices/{id}": async (tenant) => ({ path: `/api/v1/devices/${(await tenant.enrol()).id}` }),
  "patch /api/v1/devices/{id}": async (tenant) => ({
    path: `/api/v1/devices/${(await tenant.enrol()).id}`,
    body: { label: "changed", tags: ["t"] },
    headers: ANY_VERSION,
  }),
  "post /api/v1/devices/{id}/archive": async (tenant) => ({
    path: `/api/v1/devices/${(await tenant.enrol()).id}/archive`,
  }),
  "post /api/v1/devices/{id}/restore": async (tenant) => ({
    path: `/api/v1/devices/${(await tenant.archived()).id}/restore`,
  }),
  "delete /api/v1/devices/{id}": async (tenant) => ({
    path: `/api/v1/devices/${(await tenant.archived()).id}`,
  }),
  "post /api/v1/devices/{id}/approve": async (tenant) => ({
    path: `/api/v1/devices/${(await tenant.approvalPending()).id}/approve`,
  }),
  "post /api/v1/devices/{id}/exclude-mount": async (tenant) => ({
    path: `/api/v1/devices/${(await tenant.enrol()).id}/exclude-mount`,
    body: { mount: "/srv" },
    headers: ANY_VERSION,
  }),
  "post /api/v1/devices/{id}/include-mount": async (tenant) => ({
    path: `/api/v1/devices/${(await tenant.enrol()).id}/include-mount`,
    body: { mount: "/srv" },
    headers: ANY_VERSION,
  }),
  "post /api/v1/devices/{id}/clone-decision": async (tenant) => ({
    path: `/api/v1/devices/${(await tenant.cloneSuspected()).id}/clone-decision`,
    body: { decision: "keep" },
  }),
  "get /api/v1/devices/{id}/availability": async (tenant) => ({
    path: `/api/v1/devices/${(await tenant.enrol()).id}/availability`,
  }),
  "get /api/v1/availability": at("/api/v1/availability"),
  "get /api/v1/devices/{id}/history": async (tenant) => ({
    path: `/api/v1/devices/${(await tenant.enrol()).id}/history?from=${hourAgo()}&to=${new Date().toISOString()}`,
  }),
  "get /api/v1/devices/{id}/labelled-history": async (tenant) => ({
    path: `/api/v1/devices/${(await tenant.enrol()).id}/labelled-history?kind=fileSystem&from=${hourAgo()}&to=${new Date().toISOString()}`,
  }),
  "get /api/v1/devices/facets": at("/api/v1/devices/facets?facet=user,customerId,tag"),
  "get /api/v1/agent/support": sentBy("/api/v1/agent/support"),
  "post /api/v1/agent/help-requests": async (tenant) => ({
    path: "/api/v1/agent/help-requests",
    body: {
      id: "019a0000-0000-7000-8000-000000000001",
      text: "Help",
      askedBy: "ann",
      askedAt: Date.now(),
      diagnostics: null,
    },
    device: await tenant.enrol(),
  }),
  "post /api/v1/agent/help-requests/{id}/messages": async (tenant) => {
    const { id, device } = await tenant.helpRequest();
    const body = { id: "019a0000-0000-7000-8000-000000000002", text: "More" };
    return { path: `/api/v1/agent/help-requests/${id}/messages`, body, device };
  },
  "post /api/v1/agent/help-requests/{id}/close": async (tenant) => {
    const { id, device } = await tenant.helpRequest();
    return { path: `/api/v1/agent/help-requests/${id}/close`, body: {}, device };
  },
  "post /api/v1/agent/help-requests/{id}/receipts": async (tenant) => {
    const { id, device } = await tenant.helpRequest();
    return { path: `/api/v1/agent/help-requests/${id}/receipts`, body: { delivered: [], read: [] }, device };
  },
  "get /api/v1/help-requests/{alarmId}": async (tenant) => ({
    path: `/api/v1/help-requests/${(await tenant.helpRequest()).alarmId}`,
  }),
  "post /api/v1/help-requests/{alarmId}/messages": async (tenant) => ({
    path: `/api/v1/help-requests/${(await tenant.helpRequest()).alarmId}/messages`,
    body: { text: "Answer" },
  }),
  "get /api/v1/status-page": at("/api/v1/status-page"),
  "patch /api/v1/status-page": async () => ({
    path: "/api/v1/status-page",
    body: { title: `Page ${randomUUID()}` },
    headers: { "if-match": "*" },
  }),
  "post /api/v1/status-page/new-address": at("/api/v1/status-page/new-address"),
  "get /api/v1/status-page/preview": at("/api/v1/status-page/preview"),
  "get /api/v1/status-incidents": at("/api/v1/status-incidents"),
  "post /api/v1/status-incidents": async () => ({
    path: "/api/v1/status-incidents",
    body: { title: "Incident", impact: "outage", componentIds: [], text: "Text" },
  }),
  "post /api/v1/status-incidents/{id}/updates": async (tenant) => ({
    path: `/api/v1/status-incidents/${await tenant.incidentId()}/updates`,
    body: { state: "monitoring", text: "Text" },
  }),
  "delete /api/v1/status-incidents/{id}": async (tenant) => ({
    path: `/api/v1/status-incidents/${await tenant.incidentId()}`,
  }),
  "get /status/{address}": at("/status/unknown"),
  "get /status/{address}/status.json": at("/status/unknown/status.json"),
  "get /status/{address}/feed.xml": at("/status/unknown/feed.xml"),
  "get /api/v1/maintenance-windows": at("/api/v1/maintenance-windows"),
  "get /api/v1/maintenance-windows/calendar": at(
    `/api/v1/maintenance-windows/calendar?from=${hourAgo()}&to=${new Date().toISOString()}`,
  ),
  "post /api/v1/maintenance-windows": async () => ({
    path: "/api/v1/maintenance-windows",
    body: {
      name: `Window ${randomUUID()}`,
      scope: { kind: "organization" },
      schedule: { kind: "weekly", days: [7], time: "02:30", minutes: 60, zone: "Europe/Berlin" },
    },
  }),
  "post /api/v1/maintenance-windows/preview": async () => ({
    path: "/api/v1/maintenance-windows/preview",
    body: { schedule: { kind: "once", minutes: 60 } },
  }),
  "get /api/v1/maintenance-windows/{id}": async (tenant) => ({
    path: `/api/v1/maintenance-windows/${await tenant.windowId()}`,
  }),
  "patch /api/v1/maintenance-windows/{id}": async (tenant) => ({
    path: `/api/v1/maintenance-windows/${await tenant.windowId()}`,
    body: { note: "changed" },
    headers: { "if-match": '"1"' },
  }),
  "post /api/v1/maintenance-windows/{id}/end": async (tenant) => ({
    path: `/api/v1/maintenance-windows/${await tenant.windowId()}/end`,
  }),
  "delete /api/v1/maintenance-windows/{id}": async (tenant) => ({
    path: `/api/v1/maintenance-windows/${await tenant.windowId()}`,
  }),
  "get /api/v1/silences": at("/api/v1/silences"),
  "post /api/v1/silences": async (tenant) => ({
    path: "/api/v1/silences",
    body: { comment: "Known", scope: await customerScope(tenant), endsAt: inAnHour() },
  }),
  "post /api/v1/silences/preview": async (tenant) => ({
    path: "/api/v1/silences/preview",
    body: { scope: await customerScope(tenant) },
  }),
  "get /api/v1/silences/{id}": async (tenant) => ({ path: `/api/v1/silences/${await tenant.silenceId()}` }),
  "patch /api/v1/silences/{id}": async (tenant) => ({
    path: `/api/v1/silences/${await tenant.silenceId()}`,
    body: { comment: "Known since yesterday" },
    headers: ANY_VERSION,
  }),
  "post /api/v1/silences/{id}/end": async (tenant) => ({
    path: `/api/v1/silences/${await tenant.silenceId()}/end`,
  }),
  "get /api/v1/push-subscriptions": at("/api/v1/push-subscriptions"),
  "post /api/v1/push-subscriptions": async () => ({
    path: "/api/v1/push-subscriptions",
    body: newPushSubscription(),
  }),
  "delete /api/v1/push-subscriptions/{id}": async (tenant) => ({
    path: `/api/v1/push-subscriptions/${await tenant.pushSubscriptionId()}`,
    as: tenant.as("viewer"),
  }),
  "post /api/v1/push-subscriptions/{id}/test": async (tenant) => ({
    path: `/api/v1/push-subscriptions/${await tenant.pushSubscriptionId()}/test`,
    as: tenant.as("viewer"),
  }),
  "get /api/v1/watches": at("/api/v1/watches"),
  "post /api/v1/watches": async (tenant) => ({
    path: "/api/v1/watches",
    body: { kind: "alarm", targetId: await tenant.alarmId() },
  }),
  "delete /api/v1/watches/{id}": async (tenant) => ({ path: `/api/v1/watches/${await tenant.watchId()}` }),
  "get /api/v1/alarm-rules": at("/api/v1/alarm-rules"),
  "post /api/v1/alarm-rules": async () => ({ path: "/api/v1/alarm-rules", body: ALARM_RULE }),
  "put /api/v1/alarm-rules/order": async (tenant) => ({
    path: "/api/v1/alarm-rules/order",
    body: { ids: (await tenant.alarmRuleIds()).toReversed() },
  }),
  "get /api/v1/alarm-rules/{id}": async (tenant) => ({
    path: `/api/v1/alarm-rules/${await tenant.alarmRuleId()}`,
  }),
  "patch /api/v1/alarm-rules/{id}": async (tenant) => ({
    path: `/api/v1/alarm-rules/${await tenant.alarmRuleId()}`,
    body: { name: `Rule ${randomUUID()}` },
    headers: ANY_VERSION,
  }),
  "delete /api/v1/alarm-rules/{id}": async (tenant) => ({
    path: `/api/v1/alarm-rules/${await tenant.alarmRuleId()}`,
  }),
  "post /api/v1/alarm-rules/{id}/duplicate": async (tenant) => ({
    path: `/api/v1/alarm-rules/${await tenant.alarmRuleId()}/duplicate`,
  }),
  "post /api/v1/alarm-rules/trial": async (tenant) => ({
    path: "/api/v1/alarm-rules/trial",
    body: { rule: ALARM_RULE, replaces: await tenant.alarmRuleId() },
  }),
  "get /api/v1/alarm-instances": at("/api/v1/alarm-instances?kind=fileSystem"),
  "get /api/v1/alarm-rule-packs": at("/api/v1/alarm-rule-packs"),
  "post /api/v1/alarm-rule-packs": async () => ({
    path: "/api/v1/alarm-rule-packs",
    body: { pack: "lab" },
  }),
  "get /api/v1/devices/{id}/alarm-rules": async (tenant) => ({
    path: `/api/v1/devices/${(await tenant.enrol()).id}/alarm-rules`,
  }),
  "get /api/v1/views": at("/api/v1/views"),
  "post /api/v1/views": async () => ({
    path: "/api/v1/views",
    body: { name: `View ${randomUUID()}`, definition: { query: {} } },
  }),
  "patch /api/v1/views/{id}": async (tenant) => ({
    path: `/api/v1/views/${await tenant.viewId("owner")}`,
    body: { name: `View ${randomUUID()}` },
    headers: { "if-match": '"1"' },
  }),
  "delete /api/v1/views/{id}": async (tenant) => ({ path: `/api/v1/views/${await tenant.viewId("owner")}` }),
  "put /api/v1/default-view": async (tenant) => ({
    path: "/api/v1/default-view",
    body: { viewId: await tenant.viewId("owner") },
  }),
  "get /api/v1/channels": at("/api/v1/channels"),
  "post /api/v1/channels": async () => ({
    path: "/api/v1/channels",
    body: { name: `Channel ${randomUUID()}`, type: "webhook", settings: { url: "https://muster.invalid/" } },
  }),
  "patch /api/v1/channels/{id}": async (tenant) => ({
    path: `/api/v1/channels/${await tenant.channelId()}`,
    body: { name: `Channel ${randomUUID()}` },
    headers: { "if-match": '"1"' },
  }),
  "delete /api/v1/channels/{id}": async (tenant) => ({
    path: `/api/v1/channels/${await tenant.channelId()}`,
  }),
  "post /api/v1/channels/{id}/test": async (tenant) => ({
    path: `/api/v1/channels/${await tenant.channelId()}/test`,
  }),
  "post /api/v1/channels/{id}/rotate-secret": async (tenant) => ({
    path: `/api/v1/channels/${await tenant.channelId()}/rotate-secret`,
  }),
  "get /api/v1/notification-policies": at("/api/v1/notification-policies"),
  "post /api/v1/notification-policies": async () => ({
    path: "/api/v1/notification-policies",
    body: { name: "Policy", recipients: { roles: ["owner"] } },
  }),
  "post /api/v1/notification-policies/preview": async (tenant) => ({
    path: "/api/v1/notification-policies/preview",
    body: { severity: "critical", deviceId: (await tenant.enrol()).id },
  }),
  "put /api/v1/notification-policies/order": async (tenant) => ({
    path: "/api/v1/notification-policies/order",
    body: { ids: [await tenant.policyId()] },
  }),
  "patch /api/v1/notification-policies/{id}": async (tenant) => ({
    path: `/api/v1/notification-policies/${await tenant.policyId()}`,
    body: { name: "Renamed" },
    headers: { "if-match": '"1"' },
  }),
  "delete /api/v1/notification-policies/{id}": async (tenant) => ({
    path: `/api/v1/notification-policies/${await tenant.policyId()}`,
  }),
  "get /api/v1/deliveries": at("/api/v1/deliveries"),
  "post /api/v1/deliveries/{id}/replay": async (tenant) => ({
    path: `/api/v1/deliveries/${await tenant.deliveryId()}/replay`,
  }),
  "get /api/v1/customers": at("/api/v1/customers"),
  "post /api/v1/customers": async () => ({
    path: "/api/v1/customers",
    body: { name: `Customer ${randomUUID()}` },
  }),
  "get /api/v1/customers/{id}": async (tenant) => ({
    path: `/api/v1/customers/${await tenant.customerId()}`,
  }),
  "patch /api/v1/customers/{id}": async (tenant) => ({
    path: `/api/v1/customers/${await tenant.customerId()}`,
    body: { notes: "changed" },
    headers: { "if-match": '"1"' },
  }),
  "post /api/v1/customers/{id}/archive": async (tenant) => ({
    path: `/api/v1/customers/${await tenant.customerId()}/archive`,
  }),
  "post /api/v1/customers/{id}/restore": async (tenant) => ({
    path: `/api/v1/customers/${await tenant.customerId()}/restore`,
  }),
  "post /api/v1/customers/{id}/merge": async (tenant) => ({
    path: `/api/v1/customers/${await tenant.customerId()}/merge`,
    body: { into: await tenant.customerId() },
  }),
  "delete /api/v1/customers/{id}": async (tenant) => ({
    path: `/api/v1/customers/${await tenant.customerId()}`,
  }),
  "get /api/v1/devices/count": at("/api/v1/devices/count"),
  "post /api/v1/device-edits": async (tenant) => ({
    path: "/api/v1/device-edits",
    body: { deviceIds: [(await tenant.enrol()).id], change: { addTags: ["tested"] } },
  }),
  "get /api/v1/device-edits/{id}": async (tenant) => ({
    path: `/api/v1/device-edits/${await tenant.edited()}`,
  }),
  "post /api/v1/device-edits/{id}/undo": async (tenant) => ({
    path: `/api/v1/device-edits/${await tenant.edited()}/undo`,
  }),
  "get /api/v1/stream": at("/api/v1/stream"),
  "post /api/v1/actions": async (tenant) => ({
    path: "/api/v1/actions",
    body: { type: "message", payload: { title: "t", text: "t" }, deviceIds: [(await tenant.enrol()).id] },
  }),
  "get /api/v1/actions": at("/api/v1/actions"),
  "get /api/v1/actions/{id}": async (tenant) => ({
    path: `/api/v1/actions/${await tenant.queued((await tenant.enrol()).id)}`,
  }),
  "post /api/v1/actions/{id}/cancel": async (tenant) => ({
    path: `/api/v1/actions/${await tenant.queued((await tenant.enrol()).id)}/cancel`,
  }),
  "get /api/v1/action-batches": at("/api/v1/action-batches"),
  "get /api/v1/action-batches/{id}": async (tenant) => ({
    path: `/api/v1/action-batches/${await tenant.queuedBatch((await tenant.enrol()).id)}`,
  }),
  "post /api/v1/action-batches/{id}/cancel": async (tenant) => ({
    path: `/api/v1/action-batches/${await tenant.queuedBatch((await tenant.enrol()).id)}/cancel`,
  }),
  "get /api/v1/action-requesters": at("/api/v1/action-requesters"),
  "post /api/v1/agent/report": async (tenant) => {
    const now = Date.now();
    const body = {
      v: 1,
      epoch: "epoch1",
      lane: "live",
      sequence: 1,
      sentAt: now,
      bootId: "b",
      samples: [{ at: now, cpu: 1 }],
    };
    return { path: "/api/v1/agent/report", body, device: await tenant.enrol() };
  },
  "post /api/v1/agent/leave": sentBy("/api/v1/agent/leave"),
  "get /api/v1/agent/stream": sentBy("/api/v1/agent/stream"),
  "get /api/v1/agent/actions": async (tenant) => {
    const device = await tenant.enrol();
    await tenant.queued(device.id);
    return { path: "/api/v1/agent/actions", device };
  },
  "post /api/v1/agent/actions/claim": async (tenant) => {
    const device = await tenant.enrol();
    const body = statement(device, { says: "claim", nonce: NONCE, bootId: "b", sentAt: 0 });
    return { path: "/api/v1/agent/actions/claim", body, device };
  },
  "post /api/v1/agent/actions/{id}/start": (tenant) =>
    aboutAction(tenant, "start", { says: "start", nonce: NONCE, bootId: "b" }),
  "post /api/v1/agent/actions/{id}/progress": (tenant) =>
    aboutAction(tenant, "progress", { says: "progress", step: "shown", until: null, note: null }),
  "post /api/v1/agent/actions/{id}/result": (tenant) =>
    aboutAction(tenant, "result", {
      says: "result",
      bootId: "b",
      end: { outcome: "error", code: "failed", message: "no" },
    }),
};

async function onAlarm(tenant: Tenant, verb: string, body: object): Promise<RouteRequest> {
  return { path: `/api/v1/alarms/${await tenant.alarmId()}/${verb}`, body };
}

/** An action that its device has claimed and, but for a start, started. */
async function aboutAction(tenant: Tenant, verb: string, said: object): Promise<RouteRequest> {
  const device = await tenant.enrol();
  const actionId = await tenant.queued(device.id);
  await tenant.claim(device, NONCE);
  if (verb !== "start") await tenant.start(device, actionId, NONCE);
  const body = statement(device, { ...said, actionId });
  return { path: `/api/v1/agent/actions/${actionId}/${verb}`, body, device };
}
