// Runs an app's main module as Electron would, in a separate Node process: `electron` is the stand-in, and the app is ready when its
// module is loaded. Arguments: the app's folder (with its package.json), then the app's arguments.
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { settings } from "./test-host.ts";

const standIn = new URL("electron.ts", import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "electron" || specifier === "electron/main"
      ? { url: standIn, format: "module", shortCircuit: true }
      : next(specifier, context),
});
Object.assign(process, { type: "browser", resourcesPath: path.join(settings.home, "resources") });
Object.assign(process.versions, { electron: "45.3.4", chrome: "150.0.0.0" });

const [, , folder = "", ...args] = process.argv;
process.argv = [process.execPath, folder, ...args];
const manifest: { main: string; name?: string } = JSON.parse(
  readFileSync(path.join(folder, "package.json"), "utf8"),
);
const { becomeReady, describeApp } = await import("./app.ts");
await import("./electron.ts");
await import("./window-requests.ts");
describeApp(manifest);
await import(pathToFileURL(path.join(folder, manifest.main)).href);
becomeReady();
