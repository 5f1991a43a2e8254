import { createHash } from "node:crypto";
import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { bundleAgent } from "./bundle-agent.ts";
import { canMakeDeb, makeDeb } from "./make-deb.ts";
import { makeExecutable } from "./make-executable.ts";

/**
 * Makes dist/agent: `muster-agent` as one file for the system that this runs on, on Debian and its like the package too, and their
 * SHA-256 sums. @param say gets a line for each file made
 */
export async function packageAgent(root: string, say: (line: string) => void): Promise<void> {
  const folder = path.join(root, "dist", "agent");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const bundle = await bundleAgent(root, path.join(folder, "muster-agent.cjs"));
  const executable = await makeExecutable({ root, bundle, folder, say });
  const files = [executable];
  if (canMakeDeb()) files.push(await makeDeb({ root, executable, folder }));
  else say("No package for Debian: it needs Linux x64 and dpkg-deb.");
  await rm(bundle);
  const sums = await Promise.all(files.map(sumLine));
  await writeFile(path.join(folder, "SHA256SUMS"), sums.join(""));
  for (const file of files) {
    say(`${path.relative(root, file)}  ${((await stat(file)).size / 1e6).toFixed(1)} MB`);
  }
}

async function sumLine(file: string): Promise<string> {
  const sum = createHash("sha256")
    .update(await readFile(file))
    .digest("hex");
  return `${sum}  ${path.basename(file)}\n`;
}
