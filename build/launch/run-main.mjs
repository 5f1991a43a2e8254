import { fileURLToPath } from "node:url";
import { chooseNode } from "./choose-node.mjs";
import { rerunUnder } from "./rerun.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Runs one of Muster's programs under a suitable Node, this one or another.
 * @param {URL} main the program's TypeScript entry
 * @returns {Promise<void>}
 */
export async function runMain(main) {
  const choice = chooseNode(root);
  if (choice.kind === "current") {
    await import(main.href);
  } else if (choice.kind === "bundled" && choice.isInstalled) {
    await rerunUnder(choice.path);
  } else {
    process.stderr.write(
      choice.kind === "refused"
        ? `${choice.message}\n`
        : "Run npm start once first: it installs the packages that Muster needs.\n",
    );
    process.exitCode = 1;
  }
}
