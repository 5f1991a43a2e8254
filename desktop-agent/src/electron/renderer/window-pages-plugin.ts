import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Plugin } from "vite";

/** Gives each window the one page of `window.html`, with the script of its own folder: `status.html` runs `status/main.tsx`. */
export function windowPagesPlugin(folder: string, names: readonly string[]): Plugin {
  const windowOf = new Map(names.map((name) => [path.join(folder, `${name}.html`), name]));
  return {
    name: "window-pages",
    enforce: "pre",
    resolveId: (id) => (windowOf.has(path.resolve(folder, id)) ? path.resolve(folder, id) : null),
    async load(id) {
      const name = windowOf.get(id);
      if (name === undefined) return null;
      const page = await readFile(path.join(folder, "window.html"), "utf8");
      return page.replaceAll("%WINDOW%", name);
    },
  };
}
