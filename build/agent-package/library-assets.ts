import { mkdir } from "node:fs/promises";
import path from "node:path";
import { build, type Plugin } from "rolldown";

/** What the agent loads rarely, or only in the process of its probe. In the bundle, every agent's memory would hold it. */
const LIBRARIES = [
  "systeminformation/lib/system.js",
  "systeminformation/lib/memory.js",
  "systeminformation/lib/graphics.js",
  "systeminformation/lib/filesystem.js",
  "node-notifier/notifiers/toaster.js",
  "node-notifier/notifiers/notificationcenter.js",
];

/** Where the libraries are: files named like the assets of the single executable. */
export function librariesFolder(bundle: string): string {
  return path.join(path.dirname(bundle), "libraries");
}

/** Bundles each library into one CommonJS file. */
export async function bundleLibraries(root: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const library of LIBRARIES) {
    await build({
      cwd: root,
      input: path.join(root, "node_modules", library),
      platform: "node",
      // Optional packages that the library looks for.
      external: ["osx-temperature-sensor", "macos-temperature-sensor"],
      logLevel: "warn",
      output: {
        file: path.join(folder, assetOf(library)),
        format: "cjs",
        codeSplitting: false,
        minify: true,
      },
    });
  }
}

/** Makes the agent's bundle load these libraries from the assets of its executable, or else from the folder beside the bundle. */
export function librariesAsAssets(): Plugin {
  return {
    name: "libraries-as-assets",
    resolveId: (source) => (LIBRARIES.includes(source) ? `\0${source}` : null),
    load: (id) =>
      id.startsWith("\0") && LIBRARIES.includes(id.slice(1)) ? loader(assetOf(id.slice(1))) : null,
  };
}

function assetOf(library: string): string {
  return library.replaceAll("/", "-").replace(/\.js$/, ".cjs");
}

function loader(asset: string): string {
  return `const { getBuiltinModule, execPath } = process;
const { dirname, join } = getBuiltinModule("node:path");
const sea = getBuiltinModule("node:sea");
const source = sea.isSea()
  ? sea.getAsset(${JSON.stringify(asset)}, "utf8")
  : getBuiltinModule("node:fs").readFileSync(join(__dirname, "libraries", ${JSON.stringify(asset)}), "utf8");
const parameters = ["module", "exports", "require", "__dirname"];
const run = getBuiltinModule("node:vm").compileFunction(source, parameters, { filename: ${JSON.stringify(asset)} });
run(module, exports, getBuiltinModule("node:module").createRequire(execPath), dirname(execPath));`;
}
