import { colourVariables, measureVariables } from "@muster/shared/design/token-variables.ts";
import type { Plugin } from "vite";

const TOKENS_ID = "virtual:design-tokens.css";

/** Makes the design's tokens CSS variables; the system chooses between dark and light. */
export function designPlugin(): Plugin {
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
