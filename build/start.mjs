import { fileURLToPath } from "node:url";
import { buildDashboard } from "./launch/build-dashboard.mjs";
import { prepare } from "./launch/prepare.mjs";
import { runBoth } from "./launch/run-both.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

if (await prepare(root, { dev: false })) {
  process.exitCode = buildDashboard(root) ? await runBoth(root) : 1;
}
