import { expect, test } from "vitest";
import { launchChromium } from "../harness/chromium.ts";

test("renders a page in a real Chromium, text and script", async () => {
  await using browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 360, height: 640 } });
  await page.goto("data:text/html,<h1>Fleet</h1><script>document.title = String(innerWidth)</script>");
  expect(await page.title()).toBe("360");
  const heading = await page.getByRole("heading", { name: "Fleet" }).boundingBox();
  expect(heading?.height).toBeGreaterThan(10);
});
