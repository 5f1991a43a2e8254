import type { BrowserContext, CDPSession, Page } from "playwright-core";
import type { FleetOwner } from "./seed-fleet.ts";

export type Conditions = { cpuSlowdown?: number; latencyMs?: number; bitsPerS?: number };

export type FirstPage = {
  /** As transferred, with headers, until the rows were painted; without the stream, which a worker reads. */
  bytes: number;
  requests: number;
  firstPaintMs: number;
  /** From the start of the navigation until a row of the fleet was painted. */
  rowsMs: number;
  longestTaskMs: number;
  /** Time over 50 ms of all long tasks. */
  blockingMs: number;
};

/** Opens the fleet page as a signed-in user with an empty cache. */
export async function openFleet(
  context: BrowserContext,
  url: string,
  owner: FleetOwner,
  conditions: Conditions,
): Promise<FirstPage> {
  const signedIn = await context.request.post(`${url}/api/v1/auth/login`, {
    data: owner,
    headers: { origin: url },
  });
  if (!signedIn.ok()) throw new Error(`Sign-in was answered with status ${signedIn.status()}.`);
  await context.addInitScript(observe);
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await limit(cdp, conditions);
  const traffic = countTraffic(cdp);
  await page.goto(url, { waitUntil: "commit" });
  await recordedOf(page);
  const { bytes, requests } = traffic();
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  return { bytes, requests, ...(await recordedOf(page)) };
}

async function limit(cdp: CDPSession, { cpuSlowdown = 1, latencyMs = 0, bitsPerS = 0 }: Conditions) {
  await cdp.send("Network.enable");
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: cpuSlowdown });
  const bytesPerS = bitsPerS === 0 ? -1 : bitsPerS / 8;
  await cdp.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: latencyMs,
    downloadThroughput: bytesPerS,
    uploadThroughput: bytesPerS,
  });
}

function countTraffic(cdp: CDPSession): () => { bytes: number; requests: number } {
  let bytes = 0;
  let requests = 0;
  cdp.on("Network.requestWillBeSent", ({ request }) => {
    if (request.url.startsWith("http")) requests += 1;
  });
  cdp.on("Network.dataReceived", ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  cdp.on("Network.responseReceived", ({ response }) => {
    bytes += response.encodedDataLength;
  });
  return () => ({ bytes, requests });
}

async function recordedOf(page: Page): Promise<Recorded> {
  const handle = await page.waitForFunction(() => {
    const { firstPage } = globalThis as unknown as { firstPage: Recorded };
    return firstPage.rowsMs > 0 && firstPage;
  });
  return (await handle.jsonValue()) as Recorded;
}

type Recorded = Omit<FirstPage, "bytes" | "requests">;

/** Runs in the page before its own scripts. */
function observe(): void {
  const recorded = { firstPaintMs: 0, rowsMs: 0, longestTaskMs: 0, blockingMs: 0 };
  Object.assign(globalThis, { firstPage: recorded });
  const longTaskMs = 50;
  new PerformanceObserver((list) => {
    for (const { name, startTime } of list.getEntries()) {
      if (name === "first-contentful-paint") recorded.firstPaintMs = startTime;
    }
  }).observe({ type: "paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      recorded.longestTaskMs = Math.max(recorded.longestTaskMs, duration);
      recorded.blockingMs += duration - longTaskMs;
    }
  }).observe({ type: "longtask", buffered: true });
  const look = () => {
    if (!document.querySelector('[role="row"][aria-rowindex="2"]')) return requestAnimationFrame(look);
    // The frame after the one in which the row was there was painted with it.
    return requestAnimationFrame(() => (recorded.rowsMs = performance.now()));
  };
  requestAnimationFrame(look);
}
