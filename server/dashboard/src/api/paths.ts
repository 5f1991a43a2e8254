import { basePath } from "./base-path.ts";

const API = `${basePath}/api/v1`;

/** Paths of the routes that the dashboard calls. */
export const paths = {
  me: `${API}/me`,
  password: `${API}/me/password`,
  invitation: (id: string) => `${API}/me/invitations/${id}`,
  invitationAccept: (id: string) => `${API}/me/invitations/${id}/accept`,
  login: `${API}/auth/login`,
  logout: `${API}/auth/logout`,
  setup: (token: string) => `${API}/setup/${encodeURIComponent(token)}`,
  organization: `${API}/organization`,
  users: `${API}/users`,
  user: (id: string) => `${API}/users/${id}`,
  apiPage: `${basePath}/api/docs`,
  keys: `${API}/keys`,
  key: (id: string) => `${API}/keys/${id}`,
  tokens: `${API}/enrolment-tokens`,
  token: (id: string) => `${API}/enrolment-tokens/${id}`,
  audit: `${API}/audit`,
  devices: `${API}/devices`,
  summary: `${API}/devices/summary`,
  sparklines: `${API}/devices/sparklines`,
  device: (id: string) => `${API}/devices/${encodeURIComponent(id)}`,
  deviceVerb: (
    id: string,
    verb: "archive" | "restore" | "approve" | "clone-decision" | "exclude-mount" | "include-mount",
  ) => `${API}/devices/${encodeURIComponent(id)}/${verb}`,
  history: (id: string) => `${API}/devices/${encodeURIComponent(id)}/history`,
  labelledHistory: (id: string) => `${API}/devices/${encodeURIComponent(id)}/labelled-history`,
  actions: `${API}/actions`,
  action: (id: string) => `${API}/actions/${encodeURIComponent(id)}`,
  actionCancel: (id: string) => `${API}/actions/${encodeURIComponent(id)}/cancel`,
  actionBatches: `${API}/action-batches`,
  actionBatch: (id: string) => `${API}/action-batches/${encodeURIComponent(id)}`,
  actionBatchCancel: (id: string) => `${API}/action-batches/${encodeURIComponent(id)}/cancel`,
  actionRequesters: `${API}/action-requesters`,
  stream: `${API}/stream`,
} as const;
