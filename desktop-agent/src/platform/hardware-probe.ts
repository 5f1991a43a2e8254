import { isObject, type JsonObject, listField } from "./json-fields.ts";

const CALL_LIMIT_MS = 15_000;
const NOBODY = 65_534;
const POSIX_PATH = "/usr/sbin:/usr/bin:/sbin:/bin";

/**
 * What `muster-agent probe inventory` prints: the answers of systeminformation as one line of JSON. Runs in a process of its own, because the library
 * starts shells and costs memory that the agent would keep. Only the functions named here are called; none gets an argument.
 * @param environment of this process, which is changed
 */
export async function probeHardware(environment: NodeJS.ProcessEnv): Promise<string> {
  fixEnvironment(environment);
  process.chdir(environment["SystemRoot"] ?? "/");
  const { memLayout } = await import("systeminformation/lib/memory.js");
  // Linux shows the memory modules to root only. Everything after this runs without rights.
  const modules = await answerOf(memLayout);
  dropRights();
  const { system, bios, baseboard, chassis } = await import("systeminformation/lib/system.js");
  const { graphics } = await import("systeminformation/lib/graphics.js");
  const { diskLayout } = await import("systeminformation/lib/filesystem.js");
  const answers = {
    modules: Array.isArray(modules) ? modules : [],
    system: await answerOf(system),
    bios: await answerOf(bios),
    board: await answerOf(baseboard),
    chassis: await answerOf(chassis),
    gpus: controllersOf(await answerOf(graphics)),
    disks: withoutSmartData(await answerOf(diskLayout)),
  };
  return `${JSON.stringify(answers)}\n`;
}

/** Leaves the system's own folders on the PATH, and of the variables those that its programs need. */
function fixEnvironment(environment: NodeJS.ProcessEnv): void {
  const root = environment["SystemRoot"];
  const system32 = `${root}\\System32`;
  const kept: Record<string, string | undefined> =
    root === undefined
      ? { PATH: POSIX_PATH, LANG: "C", LC_ALL: "C" }
      : {
          PATH: `${system32};${root};${system32}\\Wbem;${system32}\\WindowsPowerShell\\v1.0`,
          PATHEXT: ".COM;.EXE",
          SystemRoot: root,
          windir: root,
          ComSpec: `${system32}\\cmd.exe`,
          TEMP: environment["TEMP"],
          TMP: environment["TMP"],
        };
  for (const name of Object.keys(environment)) delete environment[name];
  for (const [name, value] of Object.entries(kept)) if (value !== undefined) environment[name] = value;
}

function dropRights(): void {
  if (process.getuid?.() !== 0) return;
  process.setgroups?.([]);
  process.setgid?.(NOBODY);
  process.setuid?.(NOBODY);
}

/** One call's answer; undefined when it fails or takes too long, so that the others still count. */
async function answerOf(call: () => Promise<unknown>): Promise<unknown> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(resolve, CALL_LIMIT_MS);
  try {
    return await Promise.race([call(), promise]);
  } catch {
    return undefined; // The agent keeps what its own readers found.
  } finally {
    clearTimeout(timer);
  }
}

function controllersOf(answer: unknown): readonly unknown[] {
  return isObject(answer) ? listField(answer, "controllers") : [];
}

// Hundreds of kilobytes for each disk where smartmontools are installed.
function withoutSmartData(answer: unknown): JsonObject[] {
  if (!Array.isArray(answer)) return [];
  return answer.filter(isObject).map((disk) => ({ ...disk, smartData: undefined }));
}
