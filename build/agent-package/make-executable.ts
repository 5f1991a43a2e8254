import { chmod, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { findProgram } from "../checks/find-program.mjs";
import type { ExecutableTarget } from "./executable-target.ts";
import { librariesFolder } from "./library-assets.ts";
import { runProgram } from "./run-program.ts";

type ExecutableOptions = {
  root: string;
  /** The bundled agent. */
  bundle: string;
  /** Where the executable goes. */
  folder: string;
  target: ExecutableTarget;
};

/** Names that Node looks for in its own file at start; from its documentation on single executable applications. */
const RESOURCE = "NODE_SEA_BLOB";
const FUSE = "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2";
/** postject holds the file several times, up to 750 MB. Without a limit a damaged file could take any amount. */
const MEMORY_LIMITS = ["--max-old-space-size=512", "--wasm-max-mem-pages=12288"];

/** Makes one file of Node and the bundle. The same sources and tools give the same bytes. @returns its path */
export async function makeExecutable({ root, bundle, folder, target }: ExecutableOptions): Promise<string> {
  const executable = path.join(folder, target.name);
  const blob = await makeBlob(target.blobNode, bundle, folder);
  await target.writeBase(executable);
  await chmod(executable, 0o755);
  await runProgram(process.execPath, [
    ...MEMORY_LIMITS,
    findProgram(root, "postject"),
    executable,
    RESOURCE,
    blob,
    "--sentinel-fuse",
    FUSE,
    ...(target.injectOptions ?? []),
  ]);
  await target.finish?.(executable);
  await rm(blob);
  return executable;
}

async function makeBlob(node: string, bundle: string, folder: string): Promise<string> {
  const blob = path.join(folder, "muster-agent.blob");
  const config = path.join(folder, "sea-config.json");
  const libraries = librariesFolder(bundle);
  const names = (await readdir(libraries)).toSorted();
  const content = {
    // Relative, because the blob contains it.
    main: path.basename(bundle),
    output: blob,
    disableExperimentalSEAWarning: true,
    // Compiled code and snapshots differ from one machine to the next, and between two runs.
    useCodeCache: false,
    useSnapshot: false,
    assets: Object.fromEntries(names.map((name) => [name, path.join(libraries, name)])),
  };
  await writeFile(config, JSON.stringify(content));
  await runProgram(node, ["--experimental-sea-config", config], { cwd: path.dirname(bundle) });
  await rm(config);
  return blob;
}
