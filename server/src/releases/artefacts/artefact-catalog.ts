import type { AgentSystem, ArtefactOrigin } from "@muster/shared/contracts/artefact.ts";

/** An agent that can be downloaded: one file, or on macOS one archive. */
export type ReadyArtefact = {
  kind: "ready";
  system: AgentSystem;
  version: string;
  sizeBytes: number;
  /** Hexadecimal, lower case. */
  sha256: string;
  origin: ArtefactOrigin;
  /** Path on this server. */
  file: string;
};

export type ArtefactState =
  | ReadyArtefact
  | { kind: "building"; system: AgentSystem }
  /** `reason` is a sentence for the operator, without a path of the server. */
  | { kind: "none"; system: AgentSystem; reason: string };

/** The agents that this server offers. */
export type ArtefactCatalog = {
  /** What a new install line offers for this system. */
  current(system: AgentSystem): Promise<ArtefactState>;
  /** As `current`, waiting for a build until `signal` aborts. */
  whenReady(system: AgentSystem, signal: AbortSignal): Promise<ArtefactState>;
  /** An artefact by its hash. Superseded ones stay for 24 h, as long as install lines may live. */
  bySha256(system: AgentSystem, sha256: string): Promise<ReadyArtefact | null>;
};
