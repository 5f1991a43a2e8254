import { readFile } from "node:fs/promises";
import path from "node:path";
import { colourVariables, measureVariables } from "@muster/shared/design/token-variables.ts";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { WINDOW_NAMES } from "../ipc-contract.ts";

const TOKENS_ID = "virtual:design-tokens.css";

const folder = import.meta.dirname;
const pageOf = (name: string) => path.join(folder, `${name}.html`);

/** One page per window, with a shared chunk. Nothing is inlined, so that a content security policy of 'self' is enough. */
export default defineConfig({
  root: folder,
  base: "./",
  plugins: [windowPagesPlugin(folder, WINDOW_NAMES), react(), designPlugin()],
  // Always the production build, even if a test runner sets NODE_ENV.
  define: { "process.env.NODE_ENV": JSON.stringify("production") },
  oxc: { jsx: { runtime: "automatic", development: false } },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2023",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rollupOptions: { input: Object.fromEntries(WINDOW_NAMES.map((name) => [name, pageOf(name)])) },
  },
});

/** Provides the design tokens as CSS variables. The system's setting chooses between dark and light. */
function designPlugin(): Plugin {
  return {
    name: "muster-design",
    resolveId: (id) => (id === TOKENS_ID ? `\0${TOKENS_ID}` : null),
    load: (id) => (id === `\0${TOKENS_ID}` ? tokensCss() : null),
  };
}

function tokensCss(): string {
  return [
    `:root{${measureVariables()};${colourVariables("light")}color-scheme:light}`,
    `@media (prefers-color-scheme:dark){:root{${colourVariables("dark")}color-scheme:dark}}`,
  ].join("\n");
}

/** Serves `window.html` for each window with the script of the window: `status.html` runs `status/status-window.tsx`. */
function windowPagesPlugin(pages: string, names: readonly string[]): Plugin {
  const windowOf = new Map(names.map((name) => [path.join(pages, `${name}.html`), name]));
  return {
    name: "window-pages",
    enforce: "pre",
    resolveId: (id) => (windowOf.has(path.resolve(pages, id)) ? path.resolve(pages, id) : null),
    async load(id) {
      const name = windowOf.get(id);
      if (name === undefined) return null;
      const page = await readFile(path.join(pages, "window.html"), "utf8");
      return page.replaceAll("%WINDOW%", name);
    },
  };
}
