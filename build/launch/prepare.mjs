import { chooseNode } from "./choose-node.mjs";
import { installPackages } from "./install.mjs";
import { rerunUnder } from "./rerun.mjs";

/**
 * Ensures that packages are installed and that this script runs under a suitable Node; if necessary, runs the script
 * again.
 * @param {string} root the clone
 * @param {{ dev: boolean }} needs `dev`: the development packages too
 * @returns {Promise<boolean>} true: continue. False: end, the exit code is set
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
