import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress } from "node:zlib";
import type { Plugin } from "vite";

/** Writes the best compression of scripts, styles and texts beside them as `.br`; the server does not compress as well at a request. */
export function compressPlugin(): Plugin {
  return {
    name: "muster-compress",
    apply: "build",
    async writeBundle({ dir = "dist" }) {
      const assets = path.join(dir, "assets");
      const names = (await readdir(assets)).filter((name) => /\.(js|css)$/.test(name));
      await Promise.all(
        names.map(async (name) => {
          const file = path.join(assets, name);
          await writeFile(`${file}.br`, await promisify(brotliCompress)(await readFile(file)));
        }),
      );
    },
  };
}
