import { readdirSync, readFileSync } from "node:fs";

const TICKS_PER_S = 100;

/** CPU seconds that a process has used so far: of all its threads, and of the main thread. Linux only. */
export type ProcessCpu = { allS: number; mainS: number };

export function readProcessCpu(pid: number): ProcessCpu {
  return { allS: cpuOf(`/proc/${pid}/stat`).ownS, mainS: cpuOf(`/proc/${pid}/task/${pid}/stat`).ownS };
}

/** CPU seconds of a process and of every child it has or had. */
export function readFamilyCpuS(pid: number): number {
  const own = cpuOf(`/proc/${pid}/stat`);
  const children = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => statOf(`/proc/${name}/stat`))
    .filter((stat) => stat?.parent === pid);
  return own.ownS + own.endedChildrenS + children.reduce((sum, stat) => sum + (stat?.ownS ?? 0), 0);
}

type Stat = { parent: number; ownS: number; endedChildrenS: number };

function cpuOf(file: string): Stat {
  const stat = statOf(file);
  if (!stat) throw new Error(`${file} does not exist any more.`);
  return stat;
}

function statOf(file: string): Stat | null {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return null;
  }
  // The name in brackets may have spaces; the fields are counted from its end. See proc(5).
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const seconds = (index: number) => Number(fields[index]) / TICKS_PER_S;
  return {
    parent: Number(fields[1]),
    ownS: seconds(11) + seconds(12),
    endedChildrenS: seconds(13) + seconds(14),
  };
}
