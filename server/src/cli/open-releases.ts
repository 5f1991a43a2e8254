import path from "node:path";
import type { Configuration } from "../platform/config/configuration.ts";
import { systemClock } from "../platform/clock.ts";
import { createUuidV7Factory } from "../platform/crypto/ids.ts";
import { formatLogLine } from "../platform/logging/format-log-line.ts";
import { createLogger } from "../platform/logging/logger.ts";
import { createReleases, type Releases } from "../releases/index.ts";
import { type OpenIdentity, openIdentity } from "./open-identity.ts";

/** The agents for download, opened for one command. */
export type OpenReleases = Omit<OpenIdentity, "close"> & { releases: Releases; close(): Promise<void> };

export async function openReleases(
  configuration: Configuration,
  err: (text: string) => void,
): Promise<OpenReleases> {
  const opened = await openIdentity(configuration, { mayInitialize: false, err });
  const log = createLogger({ level: "error", outputs: [{ write: (line) => err(formatLogLine(line)) }] });
  const releases = createReleases({
    store: opened.store,
    identity: opened.identity,
    clock: systemClock,
    makeId: createUuidV7Factory(systemClock.now),
    log,
    dataDir: configuration.dataDir,
    root: path.join(import.meta.dirname, "../../.."),
    buildsOwnAgent: false,
  });
  return {
    ...opened,
    releases,
    async close() {
      await releases.stop();
      await opened.close();
    },
  };
}
