import type { Inventory } from "@muster/shared/contracts/inventory.ts";
import type { Platform } from "../../platform/ports.ts";
import type { ProxyFor } from "../../transport/proxy.ts";
import type { connect } from "../../transport/connect.ts";
import type { ServerClient } from "../../transport/server-client.ts";
import { join } from "node:path";
import { type ActionSettings, type DeviceActions, openDeviceActions } from "../actions/device-actions.ts";
import { type DeviceSigner, openDeviceSigner } from "../actions/statements.ts";
import { messageOf } from "../log.ts";
import type { StateFiles } from "../state/state-files.ts";
import type { AgentHome } from "../state/agent-home.ts";
import type { DeviceIdentity } from "../identity/device-identity.ts";
import { openOutbox } from "./outbox.ts";
import type { LazyLocalUsers } from "../local-users/local-users.ts";
import { createReporting, type Reporting, type ReportingDeps } from "./reporting.ts";
import { openSupport, type Support } from "../support/open-support.ts";
import { openSpool } from "../spool/spool.ts";

export type OpenReportingDeps = Pick<
  ReportingDeps,
  | "bootId"
  | "changed"
  | "identity"
  | "log"
  | "observations"
  | "observed"
  | "configuredIntervalS"
  | "policy"
  | "policyReceived"
  | "random"
  | "registry"
> & {
  platform: Platform;
  files: StateFiles;
  home: AgentHome;
  agent: Inventory["agent"];
  actions: ActionSettings;
  localUsers: LazyLocalUsers;
  connect: typeof connect;
  proxyFor?: ProxyFor;
};

/** Everything that works in the name of one identity. */
export type OpenReporting = {
  identity: DeviceIdentity;
  run: Reporting;
  actions: DeviceActions;
  support: Support;
  client: ServerClient;
};

/** Continues what earlier runs left in the name of this identity. Nothing is sent before `setMode`. */
export async function openReporting(deps: OpenReportingDeps): Promise<OpenReporting> {
  const { platform, files, home, identity, random, log, bootId } = deps;
  const { clock } = platform;
  const present = () => ({ bootId, sinceBootMs: clock.sinceBootMs(), wallMs: clock.wallMs() });
  const [outbox, spool] = await Promise.all([
    openOutbox({ files, path: home.outbox, random, log }),
    openSpool({ files, folder: home.spool, present, log }),
  ]);
  platform.inventory.routeTo(new URL(identity.server.url).hostname);
  const client = deps.connect(identity.server, identity.credential, {
    clock,
    random,
    proxyFor: deps.proxyFor,
  });
  const signer = await openSigner(deps);
  const actions = await openDeviceActions({
    signer,
    platform,
    files,
    home,
    identity,
    client,
    bootId,
    log,
    agentVersion: deps.agent.version,
    settings: deps.actions,
    localUsers: deps.localUsers,
    refreshInventory: () => run.refreshInventory(),
  });
  const support = await openSupport({
    files,
    path: home.support,
    deviceId: identity.deviceId,
    client,
    clock,
    log,
    changed: deps.changed,
  });
  const run: Reporting = createReporting({
    ...deps,
    support,
    faults: files.faults,
    signer,
    actions,
    client,
    outbox,
    spool,
    clock,
  });
  return { identity: identity, run, actions, support, client };
}

/** Null when the key cannot be read, which is logged: the device still reports. */
async function openSigner({
  platform,
  home,
  identity,
  log,
}: OpenReportingDeps): Promise<DeviceSigner | null> {
  try {
    return await openDeviceSigner(platform.files, join(home.root, identity.keyFile));
  } catch (error) {
    log.error(`This device can run no actions: ${messageOf(error)}`);
    return null;
  }
}
