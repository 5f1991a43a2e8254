import { expect, it } from "vitest";
import { textsAsMarkdown } from "./texts-as-markdown.ts";

it("lists the texts of dashboard, tray and actions with their translations", async () => {
  const markdown = await textsAsMarkdown(["de"]);
  expect(markdown).toContain("| login.submit | Sign in | Anmelden |");
  expect(markdown).toContain("| menu.resume | Resume | Fortsetzen |");
  expect(markdown).toContain("| reboot.label | Reboot | ");
  expect(markdown).not.toMatch(/\| {2}\|$/m);
});
