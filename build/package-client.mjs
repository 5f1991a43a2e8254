import path from "node:path";
import { fileURLToPath } from "node:url";
import { prepare } from "./launch/prepare.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

if (await prepare(root, { dev: true })) {
  const { packageClient } = await import("./client-package/package-client.mjs");
  const folder = path.join(root, "shared", "client", "dist");
  packageClient(root, folder);
  process.stdout.write(`The package is in ${folder}\n`);
}
