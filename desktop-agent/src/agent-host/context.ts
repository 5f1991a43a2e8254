import { join } from "node:path";
import type { Inventory } from "@muster/shared/contracts/inventory.ts";
import packageFile from "../../package.json" with { type: "json" };
import { messageOf } from "../agent/log.ts";
import { type AgentHome, createAgentHome } from "../agent/state/agent-home.ts";
import { createCollectors } from "../collectors/create-collectors.ts";
import type { Collector } from "../collectors/collector.ts";
import { createMountExclusions, type MountExclusions } from "../collectors/mount-exclusions.ts";
import { withStoredMachineId } from "../platform/stored-machine-id.ts";
import type { Platform } from "../platform/ports.ts";
import { createPlatform } from "../platform/create-platform.ts";
import type { connect } from "../transport/connect.ts";
import { chooseProxy, type ProxyFor } from "../transport/proxy.ts";
import { type Environment, loadSettings, type Settings } from "./configuration.ts";

/** What the agent's programs need to run. */
export type Context = {
  platform: Platform;
  collectors: readonly Collector[];
  mountExclusions: MountExclusions;
  home: AgentHome;
  settings: Settings;
  notes: string[];
  agent: Inventory["agent"];
  logPath: string;
  /** The administrator's file of allowed actions. */
  allowedActions: string;
  /** Whether this is the agent of the whole machine, which serves its local users: it uses the default home. */
  isMachineService: boolean;
  random: () => number;
  /** The proxy on the way to a server. */
  proxyFor: ProxyFor;
  /** Makes the client of a server; absent: the usual one. */
  connect?: typeof connect;
};

export type ContextOutcome = { kind: "ready"; context: Context } | { kind: "invalid"; problems: string[] };

/** Reads environment and configuration file (`configFile`, or config.json of the home folder). */
export async function createContext(
  environment: Environment,
  configFile: string | undefined,
  makePlatform: () => Promise<Platform> = createPlatform,
): Promise<ContextOutcome> {
  const system = await makePlatform();
  const home = createAgentHome(environment.MUSTER_AGENT_HOME || system.storage.defaultHome());
  const homeProblem = await readHomeProblem(system, home.root);
  if (homeProblem !== null) {
    const advice =
      "Use a home folder that belongs to the user of the agent, below folders of administrators.";
    return { kind: "invalid", problems: [`The home folder is not safe: ${homeProblem}. ${advice}`] };
  }
  const platform = storeMachineId(system, home);
  const fileText = await platform.files.read(configFile ?? home.config);
  if (configFile !== undefined && fileText === null) {
    return { kind: "invalid", problems: ["The file given by --config does not exist."] };
  }
  const loaded = loadSettings(environment, fileText);
  if (loaded.kind === "invalid") return loaded;
  const { settings, notes } = loaded;
  const proxy = chooseProxy(environment, settings.proxy);
  if (proxy.kind === "invalid") return { kind: "invalid", problems: [proxy.problem] };
  const mountExclusions = createMountExclusions(settings.excludedMounts);
  return {
    kind: "ready",
    context: {
      platform,
      home,
      settings,
      notes,
      collectors: createCollectors(platform, mountExclusions),
      mountExclusions,
      agent: { version: packageFile.version, runtime: `Node ${process.versions.node}`, variant: "headless" },
      logPath: settings.logFile ?? join(home.logs, "agent.log"),
      allowedActions: environment.MUSTER_AGENT_ALLOWED_ACTIONS || platform.storage.allowedActions(),
      isMachineService:
        home.root === platform.storage.defaultHome() || Boolean(environment.MUSTER_AGENT_RUN_DIR),
      random: Math.random,
      proxyFor: proxy.proxyFor,
    },
  };
}

function storeMachineId(system: Platform, home: AgentHome): Platform {
  const makeId = () => process.getBuiltinModule("node:crypto").randomBytes(16).toString("hex");
  return { ...system, identity: withStoredMachineId(system.identity, system.files, home.machineId, makeId) };
}

async function readHomeProblem({ storage }: Platform, path: string): Promise<string | null> {
  try {
    return await storage.homeProblem(path);
  } catch (error) {
    return `${path} cannot be looked at (${messageOf(error)})`;
  }
}
