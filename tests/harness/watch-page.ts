import type { Page } from "playwright-core";

/** What went wrong in a page: errors of its scripts and its console, what its policy refused, boxes that opened. */
export type PageTroubles = readonly string[];

/** Listens from now on; `expected` are console lines that belong to what a test does. */
export async function watchPage(page: Page, expected: RegExp = /^$/): Promise<PageTroubles> {
  const troubles: string[] = [];
  page.on("pageerror", (error) => troubles.push(`error: ${error.message}`));
  page.on("console", (message) => {
    const isTrouble = message.type() === "error" || message.type() === "warning";
    if (isTrouble && !expected.test(message.text())) troubles.push(`console: ${message.text()}`);
  });
  page.on("dialog", (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.exposeFunction("tellPolicyViolation", (text: string) => troubles.push(`policy: ${text}`));
  await page.addInitScript(`document.addEventListener("securitypolicyviolation", (event) =>
    tellPolicyViolation(event.violatedDirective + " " + event.blockedURI))`);
  return troubles;
}
