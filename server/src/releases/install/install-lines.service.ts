import type { Tenant } from "../../platform/tenant.ts";
import {
  INSTALL_SYSTEMS,
  type InstallAgent,
  type InstallLine,
  type InstallOptions,
  type InstallSystem,
  type InstallWarning,
  type NewInstallLine,
} from "@muster/shared/contracts/install.ts";
import type { ChangedBy, EnrolmentTokens } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import type { ArtefactCatalog, ArtefactState } from "../artefacts/artefact-catalog.ts";
import { findInstallScript, storeInstallScript } from "./install-script.system-repository.ts";
import { INSTALL_SCRIPTS, type InstallScript, installScript } from "./install-script.ts";
import { installLine, UNINSTALL_LINES } from "./install-line.ts";
import type { PublicAddress } from "./public-address.ts";

const VALID_HOURS = 24;
/** An hour more than a line's token lives. */
const SCRIPT_LIFE_MS = (VALID_HOURS + 1) * 3_600_000;

export type InstallLines = {
  options(): Promise<InstallOptions>;
  /** Makes a line with a new token. Makes no token where there is no agent. */
  create(tenant: Tenant, input: NewInstallLine, by: ChangedBy): Promise<InstallLine>;
  /** The text of a script, of a line that was made within the last day or of the next line; null when there is none. */
  findScript(system: InstallSystem, sha256: string | undefined): Promise<string | null>;
};

type SystemOptions = InstallOptions["systems"][number];

export type InstallLinesDeps = {
  store: Store;
  clock: Clock;
  catalog: Pick<ArtefactCatalog, "current">;
  tokens: Pick<EnrolmentTokens, "create">;
  readAddress: () => PublicAddress;
};

export function createInstallLines(deps: InstallLinesDeps): InstallLines {
  const { store, clock, catalog, tokens, readAddress } = deps;

  async function readSystem(system: InstallSystem): Promise<SystemOptions> {
    const found = await Promise.all(INSTALL_SCRIPTS[system].agents.map((agent) => catalog.current(agent)));
    const agents = found.map(toAgent);
    const state = stateOf(found);
    return {
      system,
      state,
      agents,
      warnings: warningsOf(state, agents),
      uninstallLine: UNINSTALL_LINES[system],
    };
  }

  function scriptOf(system: InstallSystem, agents: readonly InstallAgent[]): InstallScript {
    const hashes = agents.flatMap(({ system: agent, sha256 }) =>
      sha256 === null ? [] : [[agent, sha256] as const],
    );
    return installScript(system, new Map(hashes));
  }

  return {
    async options() {
      const { url, isReachable, trust, warnings } = readAddress();
      const systems = await Promise.all(INSTALL_SYSTEMS.map(readSystem));
      return { address: url, isReachable, trust: trust.kind, warnings, systems };
    },
    async create(tenant, { system, ...input }, by) {
      const address = readAddress();
      const { state, agents, warnings, uninstallLine } = await readSystem(system);
      const answer = { system, uninstallLine, warnings: [...address.warnings, ...warnings] };
      if (state !== "ready") return { ...answer, line: null, token: null };
      const script = scriptOf(system, agents);
      const { token, secret } = await tokens.create(tenant, { ...input, validHours: VALID_HOURS }, by);
      const offeredAt = clock.now();
      await store.transaction((tx) =>
        storeInstallScript(tx, script, { offeredAt, forgetBefore: offeredAt - SCRIPT_LIFE_MS }),
      );
      const line = installLine(system, { ...address, scriptSha256: script.sha256, token: secret });
      return { ...answer, line, token };
    },
    async findScript(system, sha256) {
      if (sha256 !== undefined) {
        const stored = await findInstallScript(store.read, system, sha256);
        if (stored !== null) return stored;
      }
      const { state, agents } = await readSystem(system);
      if (state !== "ready") return null;
      const script = scriptOf(system, agents);
      return sha256 === undefined || script.sha256 === sha256 ? script.text : null;
    },
  };
}

/** What a line can do now: one processor is enough. */
function stateOf(found: readonly ArtefactState[]): ArtefactState["kind"] {
  return (["ready", "building"] as const).find((kind) => found.some((one) => one.kind === kind)) ?? "none";
}

function toAgent(found: ArtefactState): InstallAgent {
  const { system, kind: state } = found;
  if (found.kind !== "ready") {
    const reason = found.kind === "none" ? found.reason : null;
    return { system, state, version: null, sizeBytes: null, sha256: null, origin: null, reason };
  }
  const { version, sizeBytes, sha256, origin } = found;
  return { system, state, version, sizeBytes, sha256, origin, reason: null };
}

function warningsOf(state: "ready" | "building" | "none", agents: readonly InstallAgent[]): InstallWarning[] {
  const missing = agents.filter((agent) => agent.state !== "ready");
  if (missing.length === 0) return [];
  const names = missing.map(({ system }) => system).join(" and ");
  switch (state) {
    case "building":
      return [
        { code: "building", message: "The agent is being built. Try again in a minute.", settings: [] },
      ];
    case "none": {
      const reasons = [...new Set(missing.flatMap(({ reason }) => reason ?? []))].join(" ");
      return [
        {
          code: "no-agent",
          message: `The server has no agent for ${names}. ${reasons}`.trim(),
          settings: [],
        },
      ];
    }
    case "ready":
      return [
        {
          code: "processor-missing",
          message: `The line does not work on ${names}: the server has no agent for it yet.`,
          settings: [],
        },
      ];
  }
}
