import axe, { type AxeResults, type RunOptions } from "axe-core";
import type { Page } from "playwright-core";

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];

/** Its types forgot that the checks of one run can be set too. */
type Options = RunOptions & { checks?: Record<string, { options: object }> };

const ALL: Options = {
  runOnly: { type: "tag", values: [...WCAG, "best-practice"] },
  rules: { "target-size": { enabled: true } },
  // What floats over a page hangs outside its landmarks.
  checks: {
    region: { options: { regionMatcher: "dialog, [role=dialog], [role=alertdialog], svg, [data-portal]" } },
  },
};
/** What the colours decide; everything else is the same in both schemes. */
const BY_COLOUR: Options = {
  runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] },
};

type Size = { width: number; height: number };
export const WIDE: Size = { width: 1440, height: 900 };
export const PHONE: Size = { width: 360, height: 780 };

export type Look = {
  sizes?: readonly Size[];
  /** Only what matches this selector: what floats over a page that is looked at by itself. */
  within?: string;
};

// Colours that fade, level after level, and lists that measure themselves would be caught half-way.
const SETTLED = `(async () => {
  const drawn = () => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
  await drawn();
  while (document.getAnimations().length > 0) await drawn();
})()`;

/**
 * Looks at the page as it stands, dark and light, at each of the sizes (at first 1440, then 360 px), by every rule of WCAG 2.0 to 2.2
 * A and AA and of good practice that axe knows. Gives a line for each element that breaks one. Rejects when nothing was looked at.
 */
export async function findBarriers(
  page: Page,
  { sizes = [WIDE, PHONE], within = "html" }: Look = {},
): Promise<string[]> {
  const found: string[] = [];
  const run = async (place: string, options: Options) => {
    await page.evaluate(SETTLED);
    found.push(...(await runAxe(page, within, options)).map((barrier) => `${place}: ${barrier}`));
  };
  for (const [index, size] of sizes.entries()) {
    const [first, second] = index % 2 === 0 ? (["dark", "light"] as const) : (["light", "dark"] as const);
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme: first, reducedMotion: "reduce" });
    await run(`${first}, ${size.width} px`, ALL);
    await page.emulateMedia({ colorScheme: second, reducedMotion: "reduce" });
    await run(`${second}, ${size.width} px`, BY_COLOUR);
  }
  return found;
}

async function runAxe(page: Page, within: string, options: Options): Promise<string[]> {
  // By the debugger, which the policy of the page does not bind.
  if (!(await page.evaluate("'axe' in globalThis"))) await page.evaluate(axe.source);
  const results: Pick<AxeResults, "violations" | "passes"> = await page.evaluate(
    `axe.run(${JSON.stringify(within)}, ${JSON.stringify({ ...options, resultTypes: ["violations"] })})`,
  );
  if (results.passes.length === 0) throw new Error(`nothing was looked at on ${page.url()}`);
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary = "" }) =>
        `${id} ${target.join(" ")} ${failureSummary.replaceAll(/\s+/g, " ")}`,
    ),
  );
}
