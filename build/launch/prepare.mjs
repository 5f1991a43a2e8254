import { chooseNode } from "./choose-node.mjs";
import { installPackages } from "./install.mjs";
import { rerunUnder } from "./rerun.mjs";

/**
 * Makes sure that packages are there and that this script runs under a Node that can run Muster, if need be by
 * running it again.
 * @param {string} root the clone
 * @param {{ dev: boolean }} needs `dev`: the development packages too
 * @returns {Promise<boolean>} true: go on here. False: it is over, and the exit code is set
 */
export async function prepare(root, needs) {
  const choice = chooseNode(root);
  if (choice.kind === "refused") {
    process.stderr.write(`${choice.message}\n`);
    process.exitCode = 1;
    return false;
  }
  const always = choice.kind === "bundled" && !choice.isInstalled;
  if (!installPackages(root, { ...needs, always })) {
    process.exitCode = 1;
    return false;
  }
  if (choice.kind === "current") return true;
  await rerunUnder(choice.path);
  return false;
}
