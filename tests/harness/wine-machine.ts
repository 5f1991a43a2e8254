import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync } from "node:fs";
import { copyFile, cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { runProgram } from "./installed-agent.ts";

const root = path.join(import.meta.dirname, "../..");
const FIXTURES = path.join(root, "desktop-agent/src/platform/windows/fixtures");
const STAND_INS = {
  "powershell.exe": "WindowsPowerShell/v1.0",
  "wevtutil.exe": ".",
  "quser.exe": ".",
} as const;

type RunOptions = { stdin?: string; environment?: Readonly<Record<string, string>> };
export type WindowsResult = { code: number | null; stdout: string; stderr: string };

/** Windows as Wine plays it, with the recorded answers of programs that Wine lacks. */
export type WineMachine = {
  /** A folder of the host that the machine sees as Z:\machine. */
  folder: string;
  /** Runs a program of Windows to its end. Its streams are files, as Wine's Node cannot use pipes of the host. */
  run(command: readonly string[], options?: RunOptions): Promise<WindowsResult>;
  remove(): Promise<void>;
};

/** Starts the machine; the first time on a computer it fetches Wine, which takes minutes. Only root can. */
export async function startWineMachine(): Promise<WineMachine> {
  const tree = await fetchWine();
  const folder = await mkdtemp(path.join(os.tmpdir(), "muster-wine-"));
  await cp(FIXTURES, path.join(folder, "fixtures"), { recursive: true });
  const script = path.join(import.meta.dirname, "wine-machine.sh");
  const namespaces = ["--mount", "--pid", "--fork", "--kill-child"];
  const machine = spawn("unshare", [...namespaces, "sh", script, tree, folder], { stdio: "ignore" });
  const enter = ["-t", await findInit(machine), "-m", "-p", "--", "chroot", tree];
  const environment = {
    PATH: "/usr/bin:/bin",
    HOME: "/machine",
    LANG: "C.UTF-8",
    WINEPREFIX: "/machine/prefix",
    WINEDEBUG: "-all",
    WINEDLLOVERRIDES: `${Object.keys(STAND_INS).join(",")}=n;mscoree,mshtml=`,
  };
  let runs = 0;

  async function run(
    command: readonly string[],
    { stdin = "", environment: more = {} }: RunOptions = {},
  ): Promise<WindowsResult> {
    runs += 1;
    const stem = path.join(folder, `run-${runs}`);
    await writeFile(`${stem}.in`, stdin);
    const stdio = [openSync(`${stem}.in`, "r"), openSync(`${stem}.out`, "w"), openSync(`${stem}.err`, "w")];
    const variables = Object.entries({ ...environment, ...more }).map(([name, value]) => `${name}=${value}`);
    const child = spawn("nsenter", [...enter, "env", "-i", ...variables, "wine", ...command], { stdio });
    for (const descriptor of stdio) closeSync(descriptor);
    const [code] = await once(child, "exit");
    const [stdout, stderr] = await Promise.all([
      readFile(`${stem}.out`, "utf8"),
      readFile(`${stem}.err`, "utf8"),
    ]);
    return { code, stdout, stderr };
  }

  await run(["wineboot", "--init"]);
  await installStandIns(folder);

  return {
    folder,
    run,
    async remove() {
      machine.kill("SIGKILL");
      await once(machine, "exit");
      await rm(folder, { recursive: true, maxRetries: 10 });
    },
  };
}

/** Debian 13's Wine in a folder outside the clone, made once: the one of Debian 12 cannot run Node 24. */
async function fetchWine(): Promise<string> {
  const cache = path.join(process.env["XDG_CACHE_HOME"] ?? path.join(os.homedir(), ".cache"), "muster");
  const tree = path.join(cache, "wine-trixie");
  if (existsSync(tree)) return tree;
  await mkdir(cache, { recursive: true });
  const partial = `${tree}.partial`;
  await rm(partial, { recursive: true, force: true });
  const { code, stderr } = await runProgram([
    "mmdebstrap",
    "--variant=minbase",
    "--include=wine,wine64",
    "trixie",
    partial,
  ]);
  if (code !== 0) throw new Error(`Wine cannot be fetched: ${stderr}`);
  await rename(partial, tree);
  return tree;
}

async function installStandIns(folder: string): Promise<void> {
  const program = path.join(folder, "stand-in.exe");
  const source = path.join(import.meta.dirname, "windows-programs.c");
  const built = await runProgram(["x86_64-w64-mingw32-gcc", "-O1", "-s", "-Wall", "-o", program, source]);
  if (built.code !== 0) throw new Error(`The stand-ins do not compile: ${built.stderr}`);
  const system = path.join(folder, "prefix/drive_c/windows/system32");
  for (const [name, place] of Object.entries(STAND_INS)) {
    await mkdir(path.join(system, place), { recursive: true });
    await rm(path.join(system, place, name), { force: true });
    await copyFile(program, path.join(system, place, name));
  }
}

async function findInit({ pid, exitCode }: ChildProcess): Promise<string> {
  while (exitCode === null) {
    const init = (await readFile(`/proc/${pid}/task/${pid}/children`, "utf8")).trim();
    const command = init === "" ? "" : await readFile(`/proc/${init}/comm`, "utf8");
    if (command.trim() === "sleep") return init;
    await wait(20);
  }
  throw new Error("The namespaces for Wine cannot be made.");
}
