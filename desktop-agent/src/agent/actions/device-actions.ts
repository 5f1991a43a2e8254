import type { ActionHost } from "./action-handler.ts";
import { createActionJournal } from "./action-journal.ts";
import { createActionPerformer } from "./action-performer.ts";
import { createActionRunner } from "./action-runner.ts";
import { readAllowList } from "./allow-list.ts";
import type { AtFaultPoint } from "./fault-points.ts";
import { openReadReceipts } from "./read-receipts.ts";
import { createServerTime } from "./server-time.ts";
import { createStatements, type DeviceSigner } from "./statements.ts";
import type { DeviceIdentity } from "../identity/device-identity.ts";
import type { ActionRecords, LazyLocalUsers } from "../local-users/local-users.ts";
import { type Log, messageOf } from "../log.ts";
import type { StateFiles } from "../state/state-files.ts";
import type { AgentHome } from "../state/agent-home.ts";
import type { Platform } from "../../platform/ports.ts";
import type { ServerClient } from "../../transport/server-client.ts";

/** Actions in the name of one identity: the stream of nudges, the claims, and what is done here. */
export type DeviceActions = ActionRecords & {
  /** Whether work is wanted now. It is not while the user has paused the agent, or after a last word. */
  setActive(wantsWork: boolean): void;
  /** A report was delivered, and so many actions wait. */
  serverReached(waitingActions: number): void;
  /** The server that was not reached before is there again, before `serverReached`. */
  serverIsBack(): void;
  /** Kept connections lead nowhere after a sleep. */
  reconnect(): void;
  /** A user has read a message. Reported now, or as soon as the server can be reached. */
  reportRead(id: string, user: string): Promise<void>;
  stop(): Promise<void>;
  /** Ends what is under way, and reports it: another agent runs on this machine from now on, and no run of this one continues. */
  handOver(why: string): Promise<void>;
};

/** Settings of the installation for actions. */
export type ActionSettings = {
  /** The agent's own log, which `collect-agent-log` reads. */
  logPath: string;
  /** The administrator's file. */
  allowedActions: string;
  /** Ends the agent so that it starts again; null where it cannot. */
  restartAgent: (() => void) | null;
  /** For tests of crashes. */
  atFaultPoint?: AtFaultPoint;
};

export type DeviceActionsDeps = {
  platform: Platform;
  files: StateFiles;
  home: AgentHome;
  identity: DeviceIdentity;
  client: ServerClient;
  /** Null when the device's key cannot be read. */
  signer: DeviceSigner | null;
  bootId: string;
  agentVersion: string;
  settings: ActionSettings;
  refreshInventory: ActionHost["refreshInventory"];
  localUsers: LazyLocalUsers;
  log: Log;
};

const NONCE_BYTES = 32;
/** Time to report to the server how everything ended. */
const HAND_OVER_TIMEOUT_MS = 2000;

const NO_KEY = { kind: "refused", reason: "The key of this device cannot be read." } as const;

const noActions: DeviceActions = {
  setActive: () => undefined,
  serverReached: () => undefined,
  serverIsBack: () => undefined,
  reconnect: () => undefined,
  journal: () => [],
  fetchRecord: async () => NO_KEY,
  reportRead: async () => undefined,
  stop: async () => undefined,
  handOver: async () => undefined,
};

/** Continues what earlier runs left and waits for more. Never rejects: without the device's key there are no actions. */
export async function openDeviceActions(deps: DeviceActionsDeps): Promise<DeviceActions> {
  if (deps.signer === null) return noActions;
  try {
    return await start(deps, deps.signer);
  } catch (error) {
    deps.log.error(`This device can run no actions: ${messageOf(error)}`);
    return noActions;
  }
}

async function start(deps: DeviceActionsDeps, signer: DeviceSigner): Promise<DeviceActions> {
  const { platform, files, identity, client, bootId, settings, log } = deps;
  const { clock } = platform;
  const { deviceId, organization } = identity;
  const giveUp = new AbortController();
  const serverTime = createServerTime(clock);
  const at = settings.atFaultPoint ?? (() => undefined);
  const statements = createStatements({ client: client.actions, deviceId, signer, signal: giveUp.signal });
  const journal = createActionJournal({ files, path: deps.home.actions, clock, deviceId });
  const shared = { bootId, statements, journal, serverTime, at, log, prepareAction: loadAndPrepare };
  const performer = createActionPerformer({
    ...shared,
    host: hostOf(deps),
    journalDamaged: (reason) => files.noteDamage(deps.home.actions, reason),
  });
  const runner = createActionRunner({
    ...shared,
    performer,
    deviceId,
    organizationId: organization.id,
    pinnedKeys: () => organization.signingKeys,
    sinceBootMs: () => clock.sinceBootMs(),
    wallMs: () => clock.wallMs(),
    makeNonce,
    readAllowList: () => readAllowList(platform.administratorFiles, settings.allowedActions),
    isActive: () => wantsWork,
  });
  let wantsWork = false;
  const stream = client.stream(() => void runner.claim());

  function hold(): void {
    if (wantsWork) stream.keepOpen();
    else stream.close();
  }

  const reads = await openReadReceipts({ files, path: deps.home.unsentReadReceipts, statements, log });
  await performer.recover();
  return {
    setActive(next) {
      wantsWork = next;
      hold();
    },
    serverReached(waitingActions) {
      performer.serverReached(wantsWork);
      void reads.send();
      if (waitingActions > 0 || performer.needsServerTime()) void runner.claim();
    },
    serverIsBack: () => stream.tryNow(),
    reconnect() {
      stream.close();
      hold();
    },
    journal: () => journal.all(),
    fetchRecord: () => client.actions.record(giveUp.signal),
    reportRead: (id, user) => reads.add(id, user),
    async stop() {
      wantsWork = false;
      hold();
      giveUp.abort();
      await performer.stop();
    },
    async handOver(why) {
      wantsWork = false;
      hold();
      const cancelLimit = clock.after(HAND_OVER_TIMEOUT_MS, () => giveUp.abort());
      await performer.handOver(why);
      cancelLimit();
      await deps.localUsers.loaded()?.handOver();
    },
  };
}

function hostOf({
  platform,
  agentVersion,
  settings,
  refreshInventory,
  localUsers,
}: DeviceActionsDeps): ActionHost {
  const { clock, files, reboots } = platform;
  const { logPath, restartAgent } = settings;
  return {
    clock,
    files,
    localUsers,
    reboots,
    logPath,
    agentVersion,
    restartAgent,
    refreshInventory,
    countdowns: new Set(),
  };
}

async function loadAndPrepare(type: string, payload: unknown) {
  const { prepareAction } = await import("./prepare-action.ts");
  return prepareAction(type, payload);
}

const makeNonce = () =>
  process.getBuiltinModule("node:crypto").randomBytes(NONCE_BYTES).toString("base64url");
