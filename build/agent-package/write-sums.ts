import { createHash } from "node:crypto";
import { readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";

/** Writes SHA256SUMS beside the files, and prints the size of each. */
export async function writeSums(folder: string, files: readonly string[], print: (line: string) => void) {
  const sums = await Promise.all(files.map(sumLine));
  await writeFile(path.join(folder, "SHA256SUMS"), sums.join(""));
  for (const file of files) {
    print(`${path.relative(process.cwd(), file)}  ${((await stat(file)).size / 1e6).toFixed(1)} MB`);
  }
}

async function sumLine(file: string): Promise<string> {
  const sum = createHash("sha256")
    .update(await readFile(file))
    .digest("hex");
  return `${sum}  ${path.basename(file)}\n`;
}
