export type Cpuinfo = { model: string | undefined; cores: number; threads: number };

/** Reads /proc/cpuinfo. Cores are counted by package and core number; where the kernel gives none, a thread counts as a core. */
export function parseCpuinfo(text: string): Cpuinfo {
  const blocks = text.split(/\n\n+/).map(parseBlock);
  const processors = blocks.filter((block) => /^\d+$/.test(block.get("processor") ?? ""));
  const cores = new Set(
    processors.flatMap((block) => {
      const core = block.get("core id");
      return core === undefined ? [] : [`${block.get("physical id") ?? "0"} ${core}`];
    }),
  );
  return { model: findModel(blocks), cores: cores.size || processors.length, threads: processors.length };
}

// x86 and RISC-V name each processor; 32-bit ARM boards name themselves once at the end.
function findModel(blocks: readonly Map<string, string>[]): string | undefined {
  for (const name of ["model name", "cpu model", "uarch", "cpu", "Model", "Hardware"]) {
    const model = blocks.map((block) => block.get(name)).find((value) => value !== undefined && value !== "");
    if (model !== undefined) return model.replaceAll(/\s+/g, " ");
  }
  return undefined;
}

function parseBlock(block: string): Map<string, string> {
  return new Map(
    block.split("\n").flatMap((line) => {
      const colon = line.indexOf(":");
      return colon < 0 ? [] : [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()] as const];
    }),
  );
}
