import { fileURLToPath } from "node:url";
import { prepare } from "./launch/prepare.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const options = process.argv.slice(2);

if (options.some((option) => option !== "--all")) {
  process.stderr.write(
    "Usage: npm run package:agent [-- --all]\n  --all  for every system, as a server offers them\n",
  );
  process.exitCode = 2;
} else if (await prepare(root, { dev: true })) {
  const { packageAgent, packageAgentForAll } = await import("./agent-package/package-agent.ts");
  const make = options.length > 0 ? packageAgentForAll : packageAgent;
  await make(root, (line) => void process.stdout.write(`${line}\n`));
}
