import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { prepare } from "./launch/prepare.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

if (await prepare(root, { dev: true })) {
  const { values, positionals } = parseArgs({
    options: { arm64: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const { packageTray } = await import("./desktop/package-tray.ts");
  await packageTray(
    root,
    { targets: positionals, architectures: values.arm64 ? ["arm64"] : [] },
    (line) => void process.stdout.write(`${line}\n`),
  );
}
