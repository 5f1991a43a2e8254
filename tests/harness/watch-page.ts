import type { Page } from "playwright-core";

/** What went wrong in a page: errors of its scripts and its console, what its policy refused, boxes that opened. */
export type PageErrors = readonly string[];

/** Listens from now on; `expected` are console lines that belong to what a test does. */
export async function watchPage(page: Page, expected: RegExp = /^$/): Promise<PageErrors> {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(`error: ${error.message}`));
  page.on("console", (message) => {
    const isError = message.type() === "error" || message.type() === "warning";
    if (isError && !expected.test(message.text())) errors.push(`console: ${message.text()}`);
  });
  page.on("dialog", (dialog) => {
    errors.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.exposeFunction("reportPolicyViolation", (text: string) => errors.push(`policy: ${text}`));
  await page.addInitScript(`document.addEventListener("securitypolicyviolation", (event) =>
    reportPolicyViolation(event.violatedDirective + " " + event.blockedURI))`);
  return errors;
}
