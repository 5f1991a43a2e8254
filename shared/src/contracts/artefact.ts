import { z } from "zod";
import { Instant } from "./text.ts";

/** The systems that an agent is built for. */
export const AGENT_SYSTEMS = ["linux-x64", "linux-arm64", "windows-x64", "macos-arm64", "macos-x64"] as const;
/** A system that an agent is built for. */
export const AgentSystem = z.enum(AGENT_SYSTEMS);
export type AgentSystem = z.infer<typeof AgentSystem>;

/** Where an artefact comes from, the preferred origin first. */
export const ARTEFACT_ORIGINS = ["signed-release", "placed-by-operator", "built-by-server"] as const;
/** Where an artefact comes from. */
export const ArtefactOrigin = z.enum(ARTEFACT_ORIGINS);
export type ArtefactOrigin = z.infer<typeof ArtefactOrigin>;

/** SHA-256 of a file, hexadecimal in lower case. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, "must be 64 hexadecimal digits in lower case");

/** An agent that can be downloaded: one file, for macOS one archive. */
export const Artefact = z.object({
  /** Name of the file as it is saved. */
  fileName: z.string(),
  /** Version of the agent. */
  version: z.string(),
  /** Size of the file. */
  sizeBytes: z.number().int(),
  sha256: Sha256,
  /** Where it comes from. */
  origin: ArtefactOrigin,
  /** When the file was built or added. */
  createdAt: Instant,
});
export type Artefact = z.infer<typeof Artefact>;

/**
 * Why a build failed, or why there is no agent.
 * - not-built: nobody requested it yet
 * - not-possible-here: this server cannot build it
 * - no-memory, no-space: too little free memory, or free space in the data folder
 * - registry: Node cannot be fetched from the npm registry
 * - busy: another process builds an agent in the same data folder
 * - failed: any other reason
 */
export const ArtefactProblemCode = z.enum([
  "not-built",
  "not-possible-here",
  "no-memory",
  "no-space",
  "registry",
  "busy",
  "failed",
]);
export type ArtefactProblemCode = z.infer<typeof ArtefactProblemCode>;

/** Why there is no agent, or why the last build failed. */
export const ArtefactProblem = z.object({
  code: ArtefactProblemCode,
  /** A sentence: what is wrong and what to do. */
  message: z.string(),
  /** When the build failed; null when no build was tried. */
  at: Instant.nullable(),
});
export type ArtefactProblem = z.infer<typeof ArtefactProblem>;

/** The agent that this server offers for one system. */
export const AgentOffer = z.object({
  /** System that the agent is for. */
  system: AgentSystem,
  /** The file that new install lines download; null when there is none. */
  artefact: Artefact.nullable(),
  /** True while the agent is being built. */
  isBuilding: z.boolean(),
  /** True when this server can build the agent. */
  canBuild: z.boolean(),
  /** Why the last build failed, or why there is no agent; otherwise null. */
  problem: ArtefactProblem.nullable(),
});
export type AgentOffer = z.infer<typeof AgentOffer>;

/** A package of the tray app in the folder of the agents. */
export const TrayInstaller = z.object({
  /** Name of the file. */
  fileName: z.string(),
  /** Size of the file. */
  sizeBytes: z.number().int(),
  sha256: Sha256,
  /** When the file was last changed. */
  modifiedAt: Instant,
});
export type TrayInstaller = z.infer<typeof TrayInstaller>;

/** A file in the folder of the agents that is not offered. */
export const RejectedFile = z.object({
  /** Name of the file. */
  fileName: z.string(),
  /** `name`: it is neither the name of an agent nor of a tray package. `content`: the file is no program for the system that its name says. */
  reason: z.enum(["name", "content"]),
});
export type RejectedFile = z.infer<typeof RejectedFile>;

/** Answer of GET /api/v1/artefacts. */
export const ArtefactList = z.object({
  /** One for each system. */
  agents: z.array(AgentOffer),
  /** Packages of the tray app; empty when there are none. */
  trayInstallers: z.array(TrayInstaller),
  /** Files in the folder of the agents that are not offered; empty when there are none. */
  rejectedFiles: z.array(RejectedFile),
});
export type ArtefactList = z.infer<typeof ArtefactList>;

/** Which agent to download. */
export const AgentDownload = z.object({
  system: AgentSystem.meta({ description: "System of the machine." }),
});

export const AgentDownloadQuery = z.object({
  /** SHA-256 of the file; the current one when left out. */
  sha256: Sha256.optional(),
});

/** Requests a build of the agent for a system. */
export const ArtefactBuildRequest = z.strictObject({
  /** System to build the agent for. */
  system: AgentSystem,
});
export type ArtefactBuildRequest = z.infer<typeof ArtefactBuildRequest>;
