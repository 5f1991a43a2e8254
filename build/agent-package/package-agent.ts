import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { bundleAgent } from "./bundle-agent.ts";
import { canMakeDeb, makeDeb } from "./make-deb.ts";
import { librariesFolder } from "./library-assets.ts";
import { makeExecutable } from "./make-executable.ts";
import { addNotifierHelper, findForeignHelpers } from "./notifier-helper.ts";
import { writeSums } from "./write-sums.ts";

/**
 * Makes dist/agent: `muster-agent` as one file for the system that this runs on, on Debian and derivatives the package too, and their
 * SHA-256 sums. @param print gets a line for each file made
 */
export async function packageAgent(root: string, print: (line: string) => void): Promise<void> {
  const folder = path.join(root, "dist", "agent");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const bundle = await bundleAgent(root, path.join(folder, "muster-agent.cjs"));
  const executable = await makeExecutable({ root, bundle, folder, print });
  const files = [executable, ...(await addNotifierHelper(root, folder, process.platform))];
  if (canMakeDeb()) files.push(await makeDeb({ root, executable, folder }));
  else print("No package for Debian: it needs Linux x64 and dpkg-deb.");
  await rm(bundle);
  await rm(librariesFolder(bundle), { recursive: true });
  const foreign = await findForeignHelpers(folder, process.platform);
  if (foreign.length > 0) throw new Error(`The agent's package is wrong: ${foreign.join("; ")}.`);
  await writeSums(folder, files, print);
}
