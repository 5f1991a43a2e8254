import axe, { type AxeResults, type RunOptions } from "axe-core";
import type { Page } from "playwright-core";
import { inject } from "vitest";
import { allCombinations, pairwise } from "./pairwise.ts";

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
type Size = { width: number; height: number };
export const WIDE: Size = { width: 1440, height: 900 };
export const PHONE: Size = { width: 360, height: 780 };

export type CheckOptions = {
  sizes?: readonly Size[];
  /** Only what matches this selector: what floats over a page that is checked separately. */
  within?: string;
};

// Colours that fade, level after level, and lists that measure themselves would be caught half-way.
const SETTLED = `(async () => {
  const drawn = () => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
  await drawn();
  while (document.getAnimations().length > 0) await drawn();
})()`;

const SCHEMES = ["dark", "light"] as const;

/**
 * Which scheme each size is looked at in. In `npm test`, places are taken by turns, so that every two of place, size and scheme occur
 * together; in `npm run test:screens`, each place is looked at in all of them.
 */
function looksAt(sizes: readonly Size[], turn: number): { size: Size; scheme: (typeof SCHEMES)[number] }[] {
  if (inject("isFullRun")) return allCombinations({ size: sizes, scheme: SCHEMES });
  const places = ["even", "odd"] as const;
  const rows = pairwise({ size: sizes, scheme: SCHEMES, place: places });
  return rows
    .filter(({ place }) => place === places[turn % places.length])
    .toSorted((one, other) => sizes.indexOf(one.size) - sizes.indexOf(other.size));
}

let turns = 0;

/**
 * Looks at the page as it stands at each of the sizes (at first 1440, then 360 px) and dark or light, by every rule of WCAG 2.0 to 2.2
 * A and AA and of good practice that axe knows. Gives a line for each element that breaks one. Rejects when nothing was looked at.
 */
export async function findViolations(
  page: Page,
  { sizes = [WIDE, PHONE], within = "html" }: CheckOptions = {},
): Promise<string[]> {
  const found: string[] = [];
  for (const { size, scheme } of looksAt(sizes, turns)) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await page.evaluate(SETTLED);
    const violations = await runAxe(page, within);
    found.push(...violations.map((violation) => `${scheme}, ${size.width} px: ${violation}`));
  }
  turns += 1;
  return found;
}

async function runAxe(page: Page, within: string): Promise<string[]> {
  // By the debugger, which the policy of the page does not bind.
  if (!(await page.evaluate("'axe' in globalThis"))) await page.evaluate(axe.source);
  const results: Pick<AxeResults, "violations" | "passes"> = await page.evaluate(
    `axe.run(${JSON.stringify(within)}, ${JSON.stringify({ ...ALL, resultTypes: ["violations"] })})`,
  );
  if (results.passes.length === 0) throw new Error(`nothing was looked at on ${page.url()}`);
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary = "" }) =>
        `${id} ${target.join(" ")} ${failureSummary.replaceAll(/\s+/g, " ")}`,
    ),
  );
}
