import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { compressPlugin } from "./compress-plugin.ts";
import { designPlugin } from "./design-plugin.ts";

const SERVER = process.env.MUSTER_PUBLIC_URL ?? "http://127.0.0.1:8080";

export default defineConfig({
  root: import.meta.dirname,
  // Links between the built files are relative: the server decides at run time below which path they are.
  base: "./",
  plugins: [react(), designPlugin(), compressPlugin()],
  worker: { format: "es" },
  build: {
    outDir: "dist",
    target: "es2023",
    // A font or an icon inlined as data: would be read again with every page; as a file it is cached.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // What every page needs is two files. As 60 small ones it takes twice as long on a slow line; as one it is evaluated in one long
    // task, and is loaded again with every release.
    chunkSizeWarningLimit: 750,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "libraries", tags: ["$initial"], test: /[\\/]node_modules[\\/].*\.[cm]?js$/ },
            { name: "start", tags: ["$initial"] },
          ],
        },
      },
    },
  },
  server: {
    host: "127.0.0.1",
    proxy: { "/api": { target: SERVER, headers: { origin: new URL(SERVER).origin } } },
  },
});
