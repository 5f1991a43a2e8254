import type { Browser, BrowserContext } from "playwright-core";
import { launchChromium } from "../harness/chromium.ts";
import { benchEnvironment, startBenchServer } from "./harness/bench-server.ts";
import { inBenchFolder } from "./harness/bench-folder.ts";
import { scaled } from "./harness/bench-scale.ts";
import { type Cell, printTable } from "./harness/bench-table.ts";
import { type FleetOwner, seedFleet, seedOwner } from "./harness/seed-fleet.ts";
import { type Conditions, openFleet, type FirstPage } from "./harness/open-fleet.ts";

const DEVICES = scaled(10_000, 400);
const LOADS = scaled(5, 1);
const CONDITIONS: Record<string, Conditions> = {
  "no limits": {},
  "4 x slower CPU": { cpuSlowdown: 4 },
  "300 ms, 1.6 Mbit/s": { latencyMs: 300, bitsPerS: 1.6e6 },
};
const HEADINGS = ["", "kB", "requests", "first paint ms", "rows ms", "longest task ms", "blocking ms"];

/** The median of each figure over several loads with an empty cache. */
async function medianOf(browser: Browser, url: string, owner: FleetOwner, conditions: Conditions) {
  const loads: FirstPage[] = [];
  for (let load = 0; load < LOADS; load += 1) {
    const context: BrowserContext = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    loads.push(await openFleet(context, url, owner, conditions));
    await context.close();
  }
  const median = (figure: keyof FirstPage) =>
    loads.map((load) => load[figure]).toSorted((a, b) => a - b)[Math.floor(loads.length / 2)] ?? 0;
  return [
    median("bytes") / 1000,
    median("requests"),
    median("firstPaintMs"),
    median("rowsMs"),
    median("longestTaskMs"),
    median("blockingMs"),
  ];
}

await inBenchFolder(async (folder) => {
  const environment = benchEnvironment(folder);
  const fleet = await seedFleet(environment, DEVICES);
  const owner = seedOwner(environment, fleet.orgId);
  const server = await startBenchServer(environment);
  const browser = await launchChromium();
  try {
    const rows: Cell[][] = [];
    for (const [name, conditions] of Object.entries(CONDITIONS)) {
      rows.push([name, ...(await medianOf(browser, server.url, owner, conditions))]);
    }
    const targets =
      "250 kB, 30 requests; rows in 2,500 ms at 4 x, 4,000 ms on the slow line; no task over 200 ms";
    printTable(`first fleet page with ${DEVICES} devices, cold cache (targets: ${targets})`, HEADINGS, rows);
  } finally {
    await browser.close();
    await server.stop();
  }
});
