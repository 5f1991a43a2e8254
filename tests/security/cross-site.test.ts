import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../harness/chromium.ts";
import { openShell, type TestShell } from "../harness/command-line.ts";
import { type ComposedServer, startComposedServer } from "../harness/composed-server.ts";
import { signIn } from "./sign-in.ts";

const EMAIL = "olive@example.org";
const PASSWORD = "a passphrase for tests";

let shell: TestShell;
let server: ComposedServer;
let url: string;
let legacyKey: string;
let attackersKey: string;
let sessionCookie: string;
let legacyCookie: string;

beforeAll(async () => {
  shell = await openShell("sqlite");
  const made = (await shell.run(["org", "create", "Victim"], { json: true })).json;
  legacyKey = made.apiKey;
  attackersKey = (await shell.run(["org", "create", "Attacker"], { json: true })).json.apiKey;
  const person = ["--org", made.orgId, "--email", EMAIL, "--name", "Olive", "--role", "owner"];
  await shell.run(["user", "create", ...person, "--password-stdin"], { stdin: PASSWORD });
  const limits = { MUSTER_ADDRESS_REQUESTS_PER_S: "100000", MUSTER_ADDRESS_REQUESTS_AT_ONCE: "100000" };
  server = await startComposedServer({ ...shell.environment, ...limits });
  ({ url } = server);
  sessionCookie = await signIn(url, EMAIL, PASSWORD);
  const answer = await legacySignIn(legacyKey, {});
  legacyCookie = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
}, 60_000);
afterAll(async () => {
  await server.close();
  await shell.remove();
});

function legacySignIn(key: string, headers: Record<string, string>): Promise<Response> {
  return fetch(`${url}/api/login`, { method: "POST", headers, body: JSON.stringify({ api_key: key }) });
}
function legacySignOut(headers: Record<string, string>): Promise<Response> {
  return fetch(`${url}/api/logout`, { method: "POST", headers });
}
const isLegacySessionAlive = async () =>
  (await fetch(`${url}/api/fleet`, { headers: { cookie: legacyCookie } })).status === 200;
const isSessionAlive = async () =>
  (await fetch(`${url}/api/v1/me`, { headers: { cookie: sessionCookie } })).status === 200;

const FOREIGN: readonly Record<string, string>[] = [
  { origin: "https://evil.example" },
  { origin: "null" },
  { origin: "http://localhost.evil.example" },
  { "sec-fetch-site": "cross-site" },
  { "sec-fetch-site": "same-site" },
];

describe("a page of another site", () => {
  it("changes nothing on any route, with any credential", async () => {
    const routes = server.routes.filter(
      ({ definition }) => definition.changesState ?? definition.method !== "get",
    );
    expect(routes.length).toBeGreaterThan(30);
    const credentials: readonly Record<string, string>[] = [
      {},
      { cookie: `${sessionCookie}; ${legacyCookie}` },
      { authorization: `Bearer ${legacyKey}` },
    ];
    for (const { definition } of routes) {
      const target = url + definition.path.replaceAll(/\{\w+\}/g, "00000000-0000-7000-8000-000000000000");
      for (const foreign of FOREIGN) {
        for (const credential of credentials) {
          const answer = await fetch(target, {
            method: definition.method.toUpperCase(),
            headers: { "content-type": "text/plain", ...foreign, ...credential },
          });
          expect(answer.status, `${definition.method} ${definition.path}`).toBe(403);
          expect(answer.headers.get("set-cookie")).toBeNull();
          await answer.body?.cancel();
        }
      }
    }
    expect(await isSessionAlive()).toBe(true);
    expect(await isLegacySessionAlive()).toBe(true);
  }, 120_000);
});

describe("a program without Origin", () => {
  it("signs in by the legacy wire without a cookie", async () => {
    const answer = await legacySignIn(legacyKey, {});
    expect([answer.status, await answer.json()]).toEqual([200, { ok: true, expires_in: 28_800 }]);
  });

  it("cannot use a cookie to change something", async () => {
    expect((await legacySignOut({ cookie: legacyCookie })).status).toBe(403);
    const queued = await fetch(`${url}/api/actions/queue`, {
      method: "POST",
      headers: { cookie: legacyCookie },
      body: JSON.stringify({ machine_id: "vm", action_type: "reboot", data: {} }),
    });
    expect(queued.status).toBe(403);
    expect(await isLegacySessionAlive()).toBe(true);
    const out = await fetch(`${url}/api/v1/auth/logout`, {
      method: "POST",
      headers: { cookie: sessionCookie },
    });
    expect(out.status).toBe(403);
    expect(await isSessionAlive()).toBe(true);
  });

  it("ends no session of the browser by signing in with its cookie", async () => {
    const answer = await fetch(`${url}/api/v1/auth/login`, {
      method: "POST",
      headers: { "content-type": "application/json", cookie: sessionCookie },
      body: JSON.stringify({ email: EMAIL, password: PASSWORD }),
    });
    expect(answer.status).toBe(200);
    expect(await isSessionAlive()).toBe(true);
  });
});

describe("a page of this server", () => {
  it.each([
    ["Origin", () => ({ origin: url })],
    ["Sec-Fetch-Site", () => ({ "sec-fetch-site": "same-origin" })],
  ])("signs in and out by the legacy wire with %s", async (_, headers: () => Record<string, string>) => {
    const answer = await legacySignIn(legacyKey, headers());
    const cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
    expect((await fetch(`${url}/api/fleet`, { headers: { cookie } })).status).toBe(200);
    expect((await legacySignOut({ cookie, ...headers() })).status).toBe(200);
    expect((await fetch(`${url}/api/fleet`, { headers: { cookie } })).status).toBe(403);
  });
});

describe("a form of another site in a real browser", () => {
  let browser: Browser;
  let page: Page;
  let evil: Server;
  let evilUrl: string;
  let form = "";

  beforeAll(async () => {
    evil = createServer((_, outgoing) => {
      outgoing.setHeader("content-type", "text/html");
      outgoing.end(`<!doctype html>${form}<script>document.forms[0].submit()</script>`);
    });
    await new Promise<void>((resolve) => evil.listen(0, "127.0.0.1", resolve));
    evilUrl = `http://127.0.0.1:${(evil.address() as AddressInfo).port}/`;
    browser = await launchChromium();
    page = await (await browser.newContext()).newPage();
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await new Promise((resolve) => evil.close(resolve));
  });

  // The page is a site of its own: "localhost" and "127.0.0.1" are different sites.
  const victimUrl = () => url.replace("127.0.0.1", "localhost");
  async function submit(html: string): Promise<string> {
    form = html;
    const answered = page.waitForResponse((answer) => answer.url().startsWith(victimUrl()));
    await page.goto(evilUrl);
    return String((await answered).status());
  }
  const legacyCookies = async () =>
    (await page.context().cookies(victimUrl())).filter(({ name }) => name === "dashfleet_sid");

  it("does not sign a user in", async () => {
    const body = `{"api_key":"${attackersKey}","token":"`;
    const status = await submit(
      `<form method="post" enctype="text/plain" action="${victimUrl()}/api/login"><input name='${body}' value='"}'></form>`,
    );
    expect(status).toBe("403");
    expect(await legacyCookies()).toEqual([]);
  });

  it("does not sign a user out", async () => {
    const [name = "", value = ""] = legacyCookie.split("=");
    await page.context().addCookies([{ name, value, url: victimUrl(), sameSite: "Lax" }]);
    const status = await submit(`<form method="post" action="${victimUrl()}/api/logout"></form>`);
    expect(status).toBe("403");
    expect(await legacyCookies()).toHaveLength(1);
    expect(await isLegacySessionAlive()).toBe(true);
  });
});
