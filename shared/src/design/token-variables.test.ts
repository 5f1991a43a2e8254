import { expect, it } from "vitest";
import { colourVariables, measureVariables } from "./token-variables.ts";
import { COLOURS } from "./tokens.ts";

it("names each colour as in CSS", () => {
  expect(colourVariables("dark")).toContain(`--text-dim:${COLOURS.dark.textDim};`);
  expect(colourVariables("light")).toContain(`--ground:${COLOURS.light.ground};`);
});

it("returns measures with their units", () => {
  expect(measureVariables()).toMatch(/--unit:\d+px;--radius:\d+px;/);
});
