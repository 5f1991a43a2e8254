import { fileURLToPath } from "node:url";
import { prepare } from "./launch/prepare.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

if (await prepare(root, { dev: true })) {
  const { packageAgent } = await import("./agent-package/package-agent.ts");
  await packageAgent(root, (line) => void process.stdout.write(`${line}\n`));
}
