import { fileURLToPath } from "node:url";
import { prepare } from "./launch/prepare.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

if (await prepare(root, { dev: true })) {
  const { reportPackages } = await import("./desktop/check/report-packages.ts");
  const problems = await reportPackages(root, (line) => void process.stdout.write(`${line}\n`));
  if (problems > 0) process.exitCode = 1;
}
