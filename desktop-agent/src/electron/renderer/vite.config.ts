import path from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { WINDOW_NAMES } from "../ipc-contract.ts";
import { designPlugin } from "./design-plugin.ts";
import { windowPagesPlugin } from "./window-pages-plugin.ts";

const folder = import.meta.dirname;
const pageOf = (name: string) => path.join(folder, `${name}.html`);

/** One page per window; what they share is one chunk. Nothing is inlined, so that a policy of 'self' alone lets them run. */
export default defineConfig({
  root: folder,
  base: "./",
  plugins: [windowPagesPlugin(folder, WINDOW_NAMES), react(), designPlugin()],
  // As it ships, whatever NODE_ENV says: a test runner's own would bring React's development build.
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
