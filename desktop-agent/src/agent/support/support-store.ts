import type { DeviceSupport } from "@muster/shared/contracts/device-support.ts";
import { createSerialQueue } from "../serial-queue.ts";
import type { StateFiles } from "../state/state-files.ts";
import type { Outgoing, Refused } from "./outgoing.ts";

/** What is kept over restarts. */
export type StoredSupport = {
  deviceId: string;
  /** What the server said last; null before the first answer. */
  known: DeviceSupport | null;
  outgoing: readonly Outgoing[];
  /** What the server took since it was read last. */
  sent: readonly Outgoing[];
  /** The newest last. */
  refused: readonly Refused[];
};

export type SupportStore = {
  now(): StoredSupport;
  /** One after the other. Rejects when the disk does not take it; then nothing has changed. */
  change(update: (now: StoredSupport) => Partial<StoredSupport>): Promise<void>;
};

/** Continues with what was stored for this device. Rejects when the disk cannot be read. */
export async function openSupportStore(
  files: StateFiles,
  path: string,
  deviceId: string,
): Promise<SupportStore> {
  const read = await files.readState<StoredSupport>(path, isWhole);
  let stored: StoredSupport =
    read?.deviceId === deviceId ? read : { deviceId, known: null, outgoing: [], sent: [], refused: [] };
  const serially = createSerialQueue();
  return {
    now: () => stored,
    change: (update) =>
      serially(async () => {
        const next = { ...stored, ...update(stored) };
        await files.replace(path, JSON.stringify(next), { sync: true });
        stored = next;
      }),
  };
}

function isWhole({ deviceId, known, outgoing, sent, refused }: StoredSupport): boolean {
  return (
    typeof deviceId === "string" &&
    (known === null || (Array.isArray(known.alarms) && Array.isArray(known.requests))) &&
    [...outgoing, ...sent].every(({ kind }) => typeof kind === "string") &&
    refused.every(({ reason }) => typeof reason === "string")
  );
}
