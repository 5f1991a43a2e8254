import path from "node:path";
import { build } from "rolldown";
import { addServiceFiles } from "./service-files.ts";
import { bundleLibraries, librariesAsAssets, librariesFolder } from "./library-assets.ts";

/**
 * Bundles the headless agent into one CommonJS file, the only form that a single executable application of Node 24 starts. Lazy
 * imports of the sources stay lazy. Libraries that a running agent does not need are beside it, to become assets. @returns the file
 */
export async function bundleAgent(root: string, file: string): Promise<string> {
  await build({
    cwd: root,
    input: path.join(root, "desktop-agent", "src", "headless", "main.ts"),
    platform: "node",
    plugins: [librariesAsAssets()],
    logLevel: "warn",
    onLog(level, log, next) {
      if (level === "warn") throw new Error(log.message);
      next(level, log);
    },
    output: { file, format: "cjs", codeSplitting: false, minify: true, keepNames: true },
  });
  await bundleLibraries(root, librariesFolder(file));
  await addServiceFiles(root, librariesFolder(file));
  return file;
}
