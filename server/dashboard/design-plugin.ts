import { readFileSync } from "node:fs";
import path from "node:path";
import { markSvg } from "@muster/shared/design/mark.ts";
import { colourVariables, measureVariables } from "@muster/shared/design/token-variables.ts";
import { COLOURS } from "@muster/shared/design/tokens.ts";
import type { Plugin } from "vite";

/**
 * Makes the tokens CSS variables, and the mark an icon and a manifest, so that the shared design stays their only source. The page
 * itself contains what its first paint needs; the files that it links are not waited for.
 */
export function designPlugin(): Plugin {
  const files = new Map([
    ["logo.svg", { type: "image/svg+xml", body: iconSvg(COLOURS.dark.accent) }],
    ["logo-warn.svg", { type: "image/svg+xml", body: iconSvg(COLOURS.dark.warn) }],
    ["logo-critical.svg", { type: "image/svg+xml", body: iconSvg(COLOURS.dark.critical) }],
    ["logo-offline.svg", { type: "image/svg+xml", body: iconSvg(COLOURS.dark.textDim) }],
    ["design-tokens.css", { type: "text/css", body: tokensCss() }],
    ["manifest.webmanifest", { type: "application/manifest+json", body: manifest() }],
  ]);
  return {
    name: "muster-design",
    transformIndexHtml: { order: "post", handler: withFirstPaint },
    generateBundle() {
      for (const [fileName, { body }] of files) this.emitFile({ type: "asset", fileName, source: body });
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const file = files.get((request.url ?? "").slice(1));
        if (!file) return next();
        response.setHeader("content-type", file.type);
        response.end(file.body);
      });
    },
  };
}

function withFirstPaint(html: string): string {
  const read = (name: string) => readFileSync(path.join(import.meta.dirname, "src", name), "utf8");
  const script = `<script>${read("first-paint.js")}</script>`;
  const style = `<style nonce="__CSP_NONCE__">${tokensCss()}\n${read("first-paint.css")}</style>`;
  const logo = markSvg({ dot: "var(--text-dim)", lit: "var(--accent)" });
  return html
    .replaceAll('<link rel="stylesheet"', '<link rel="preload" as="style"')
    .replace("</head>", () => `${style}${script}</head>`)
    .replace("<!--logo-->", logo);
}

/** The logo with its middle dot in the colour of a state. */
function iconSvg(lit: string): string {
  const { ground, textDim } = COLOURS.dark;
  return markSvg({ dot: textDim, lit, ground });
}

function manifest(): string {
  return JSON.stringify({
    name: "Muster",
    short_name: "Muster",
    start_url: ".",
    display: "standalone",
    background_color: COLOURS.dark.ground,
    theme_color: COLOURS.dark.ground,
    icons: [{ src: "logo.svg", sizes: "any", type: "image/svg+xml" }],
  });
}

function tokensCss(): string {
  const light = colourVariables("light");
  const dark = colourVariables("dark");
  return [
    `:root{${measureVariables()}}`,
    `:root,:root[data-mantine-color-scheme="light"]{${light}color-scheme:light}`,
    `@media (prefers-color-scheme:dark){:root:not([data-mantine-color-scheme]){${dark}color-scheme:dark}}`,
    `:root[data-mantine-color-scheme="dark"]{${dark}color-scheme:dark}`,
    // Paper is white, whatever the screen has.
    `@media print{:root[data-mantine-color-scheme]{${light}color-scheme:light}}`,
  ].join("\n");
}
