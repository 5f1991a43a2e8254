import type { HourPoint } from "@muster/shared/contracts/local-agent.ts";
import type { FilePort } from "../platform/ports.ts";
import type { AgentHome } from "./agent-home.ts";
import { type Log, messageOf } from "./log.ts";
import { parseOwn } from "./own-file.ts";

/** The last hour as the run before kept it when it ended; a run that was killed kept none. */
export async function readHour(files: FilePort, home: AgentHome): Promise<HourPoint[]> {
  const points = parseOwn<HourPoint[]>(await files.read(home.hour), (content) =>
    content.every(({ atMs }) => Number.isFinite(atMs)),
  );
  return points ?? [];
}

export async function keepHour(
  files: FilePort,
  home: AgentHome,
  points: readonly HourPoint[],
  log: Log,
): Promise<void> {
  await files
    .replace(home.hour, JSON.stringify(points), { sync: false })
    .catch((error: unknown) => log.warn(`The last hour could not be kept: ${messageOf(error)}`));
}
