import type { FilePort, ProcessPort } from "../platform/ports.ts";
import type { AgentHome } from "./agent-home.ts";
import { parseOwn } from "./own-file.ts";

export type LockOutcome = { kind: "held"; release: () => Promise<void> } | { kind: "taken"; pid: number };

type Holder = { pid: number; run: string };

/** Makes this process the only one that works in the home folder. A lock that a dead process left behind is taken over. */
export async function takeRunLock(
  files: FilePort,
  processes: ProcessPort,
  home: AgentHome,
  pid: number,
): Promise<LockOutcome> {
  const holder = await readHolder(files, home);
  if (holder && holder.pid !== pid && (await processes.runOf(holder.pid)) === holder.run) {
    return { kind: "taken", pid: holder.pid };
  }
  const own: Holder = { pid, run: (await processes.runOf(pid)) ?? "" };
  await files.replace(home.lock, JSON.stringify(own), { sync: false });
  return { kind: "held", release: () => files.remove(home.lock) };
}

/** Process id of the agent that works in the home folder now, null when there is none. */
export async function findRunning(
  files: FilePort,
  processes: ProcessPort,
  home: AgentHome,
): Promise<number | null> {
  const holder = await readHolder(files, home);
  return holder && (await processes.runOf(holder.pid)) === holder.run ? holder.pid : null;
}

async function readHolder(files: FilePort, home: AgentHome): Promise<Holder | null> {
  return parseOwn<Holder>(
    await files.read(home.lock),
    ({ pid, run }) => Number.isSafeInteger(pid) && typeof run === "string",
  );
}
