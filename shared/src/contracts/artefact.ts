import { z } from "zod";

/** The systems that an agent is built for. */
export const AGENT_SYSTEMS = ["linux-x64", "linux-arm64", "windows-x64", "macos-arm64", "macos-x64"] as const;
export const AgentSystem = z.enum(AGENT_SYSTEMS);
export type AgentSystem = z.infer<typeof AgentSystem>;

/** Where an artefact comes from, the preferred origin first. */
export const ARTEFACT_ORIGINS = ["signed-release", "placed-by-operator", "built-by-server"] as const;
export const ArtefactOrigin = z.enum(ARTEFACT_ORIGINS);
export type ArtefactOrigin = z.infer<typeof ArtefactOrigin>;
