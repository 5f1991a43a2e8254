import type { FilePort, ProcessPort } from "../../platform/ports.ts";
import type { AgentHome } from "./agent-home.ts";
import { parseStored } from "./state-file.ts";

export type LockOutcome = { kind: "held"; release: () => Promise<void> } | { kind: "taken"; pid: number };

type Holder = { pid: number; run: string };

/**
 * Makes this process the only one that works in the home folder. Whoever wants it adds a line, and the first line of a process that
 * lives counts: of several that start in the same instant one gets it. A lock that a dead process left behind is taken over.
 */
export async function takeRunLock(
  files: FilePort,
  processes: ProcessPort,
  home: AgentHome,
  pid: number,
): Promise<LockOutcome> {
  const own: Holder = { pid, run: (await processes.runOf(pid)) ?? "" };
  const before = await firstLiving(files, processes, home);
  if (before && before.pid !== pid) return { kind: "taken", pid: before.pid };
  // A torn line of before must not swallow ours.
  await files.append(home.lock, `\n${JSON.stringify(own)}\n`, { sync: false });
  const first = await firstLiving(files, processes, home);
  if (first && first.pid !== pid) return { kind: "taken", pid: first.pid };
  // Without the lines of the dead. One that is added meanwhile belongs to a process that finds ours first.
  await files.replace(home.lock, `${JSON.stringify(own)}\n`, { sync: false });
  return { kind: "held", release: () => files.remove(home.lock) };
}

/** Process id of the agent that works in the home folder now, null when there is none. */
export async function findRunningAgent(
  files: FilePort,
  processes: ProcessPort,
  home: AgentHome,
): Promise<number | null> {
  return (await firstLiving(files, processes, home))?.pid ?? null;
}

async function firstLiving(files: FilePort, processes: ProcessPort, home: AgentHome): Promise<Holder | null> {
  // What cannot be read is nobody's lock; who takes it puts it right.
  const text = await files.read(home.lock).catch(() => null);
  const lines = text?.split("\n") ?? [];
  for (const line of lines) {
    const holder = parseStored<Holder>(
      line,
      ({ pid, run }) => Number.isSafeInteger(pid) && typeof run === "string",
    );
    if (holder && (await processes.runOf(holder.pid)) === holder.run) return holder;
  }
  return null;
}
