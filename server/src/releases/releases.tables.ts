import type { AgentSystem, ArtefactOrigin } from "@muster/shared/contracts/artefact.ts";

/** Times are epoch milliseconds. */
export type ArtefactRow = {
  id: string;
  /** The folder that has the file: servers of one database may have a data folder each. */
  store_id: string;
  system: AgentSystem;
  version: string;
  origin: ArtefactOrigin;
  /** Hexadecimal. Names the file. */
  sha256: string;
  size_bytes: number;
  /** What it was made of, to see whether that changed: `build:` and a digest, or `file:`, a name, a size and a time. */
  source: string;
  created_at: number;
  /** Since when new install lines no longer offer it. */
  superseded_at: number | null;
};

declare module "../platform/database/tables.ts" {
  interface Tables {
    artefacts: ArtefactRow;
  }
}
