import { hostname, tmpdir } from "node:os";
import path from "node:path";
import type { History } from "@muster/shared/contracts/history.ts";
import type { Browser, Page, Response } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AgentHomeFolder, type AgentProcess, makeAgentHomeFolder } from "../harness/agent-process.ts";
import { writeAgentStandIn } from "../harness/agent-stand-in.ts";
import { launchChromium } from "../harness/chromium.ts";
import { runProgram } from "../harness/installed-agent.ts";
import { type LauncherProcess, startLauncher } from "../harness/launcher-process.ts";
import { makeDataFolder } from "../harness/server-process.ts";
import { type PageErrors, watchPage } from "../harness/watch-page.ts";

const PERSON = { name: "Olive Baker", email: "olive@example.org", password: "a passphrase for tests" };
const SCREENSHOT = path.join(tmpdir(), "muster-first-machine.png");
const programs = path.join(import.meta.dirname, "../../node_modules/.bin");

// One story, told in its order: each step stands on the one before.
describe("a new user on a fresh machine", { timeout: 120_000 }, () => {
  let folder: Awaited<ReturnType<typeof makeDataFolder>>;
  let launcher: LauncherProcess;
  let setupUrl: string;
  let url: string;
  let browser: Browser;
  let page: Page;
  let pageErrors: PageErrors;
  let secondHome: AgentHomeFolder;
  let secondAgent: AgentProcess | undefined;

  beforeAll(async () => {
    folder = await makeDataFolder();
    secondHome = await makeAgentHomeFolder();
    launcher = startLauncher({
      MUSTER_PORT: "0",
      MUSTER_DATA_DIR: path.join(folder.dataDir, "data"),
      MUSTER_AGENT_INTERVAL: "1",
      MUSTER_BUILD_AGENT: "0",
    });
    setupUrl = await launcher.waitFor(/http:\/\/localhost:\d+\/setup\/ms_[\w-]{43}/);
    url = new URL(setupUrl).origin;
    browser = await launchChromium();
    const context = await browser.newContext({ locale: "en-US", viewport: { width: 1440, height: 900 } });
    await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: url });
    page = await context.newPage();
    // Chromium itself reports the refused sign-in and who is asked before there is a session.
    pageErrors = await watchPage(page, /Failed to load resource.*401/);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await secondAgent?.kill();
    await launcher.kill();
    await secondHome.remove();
    await folder.remove();
  });

  /** A step whose failure leaves a picture behind. */
  function step(name: string, act: () => Promise<void>): void {
    it(name, async ({ onTestFailed }) => {
      onTestFailed(async () => {
        await page.screenshot({ path: SCREENSHOT });
        const said = `${launcher.stdout()}\n${launcher.stderr()}`;
        process.stderr.write(`${page.url()} looked like ${SCREENSHOT}\n${said}\n`);
      });
      await act();
    });
  }

  async function offerAgent() {
    const file = await writeAgentStandIn(path.join(folder.dataDir, "agent.bin"), "linux-x64");
    const added = [
      path.join(programs, "muster"),
      "artefacts",
      "add",
      file,
      "--system",
      "linux-x64",
      "--version",
      "0.1.0",
    ];
    const env = { MUSTER_DATA_DIR: path.join(folder.dataDir, "data") };
    expect(await runProgram(added, { env })).toMatchObject({ code: 0 });
  }

  const rows = () => page.locator("[data-device]");
  const field = (label: string) => page.getByLabel(label, { exact: true });
  const button = (name: string) => page.getByRole("button", { name, exact: true });

  step("is told where the set-up link is while there is no owner", async () => {
    await page.goto(url);
    await page.getByText("This server is not set up yet.").waitFor();
    await page.getByText("npx muster setup-link").waitFor();
  });

  step(
    "opens the link, fills in one form, and sees this machine with its health within seconds",
    async () => {
      await page.goto(setupUrl);
      await field("Organization name").fill("Harbour");
      await field("Your name").fill(PERSON.name);
      await field("E-mail").fill(PERSON.email);
      await field("Password").fill(PERSON.password);
      await button("Create organization and open fleet").click();
      await page.getByRole("heading", { name: "Fleet", exact: true }).waitFor();
      await rows().first().waitFor();
      expect(await rows().count()).toBe(1);
      await rows().getByRole("link", { name: hostname(), exact: true }).waitFor();
      const score = rows().locator('[data-column="score"]');
      await expect.poll(() => score.innerText(), { timeout: 30_000 }).toMatch(/^\s*\d{1,3}\s*$/);
    },
  );

  step("finds that the link works once", async () => {
    const answer = await fetch(`${url}/api/v1${new URL(setupUrl).pathname}`);
    expect(answer.status).toBe(404);
  });

  step("opens the machine and watches its chart grow", async () => {
    const isHistory = (response: Response) => /\/history\?/.test(response.url()) && response.ok();
    const lastTimeOf = async (response: Response) => ((await response.json()) as History).times.at(-1) ?? 0;
    const first = page.waitForResponse(isHistory);
    await rows().getByRole("link", { name: hostname(), exact: true }).click();
    await page.getByRole("heading", { name: hostname(), exact: true }).waitFor();
    const lastTime = await lastTimeOf(await first);
    await page.locator("canvas").first().waitFor();
    await page.waitForResponse(
      async (response) => isHistory(response) && (await lastTimeOf(response)) > lastTime,
    );
    expect(await page.locator("canvas").count()).toBeGreaterThan(2);
  });

  step("copies a line, runs it, and sees the second machine arrive without a reload", async () => {
    await page.getByRole("link", { name: "Fleet", exact: true }).click();
    await page.evaluate("window.isSamePage = true");
    await button("Add device").click();
    await page.getByText("Other computers cannot reach this server").waitFor();
    await page.getByText("MUSTER_HOST=0.0.0.0 MUSTER_TLS=self", { exact: true }).waitFor();
    await button("Show the command for this computer").click();
    await page.getByText("There is no agent for Linux yet").waitFor();
    await offerAgent();
    await button("Check again").click();
    await button("Copy command").first().click();
    const line = String(await page.evaluate("navigator.clipboard.readText()"));
    const [, token = "", server = ""] = /^echo (mt_[\w-]{43}) \| .* sh i\.sh "(http:[^"]+)"/.exec(line) ?? [];
    expect(server).toBe(url);

    // What the line does once the agent is downloaded; tests/packages runs the whole of it.
    const enrolled = secondHome.start(["enrol", "--server", server, "--token-stdin"], { stdin: token });
    expect(await enrolled.ended).toMatchObject({ code: 0 });
    secondAgent = secondHome.start(["run"], { env: { MUSTER_AGENT_INTERVAL: "1" } });
    await page.getByText(`${hostname()} has joined`).waitFor();
    await button("Add another device").click();
    await page
      .getByText(/^echo mt_/)
      .filter({ hasNotText: token })
      .waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => rows().count(), { timeout: 30_000 }).toBe(2);
    expect(await page.evaluate("window.isSamePage")).toBe(true);
  });

  step("reads it in French, signs out, and is told of a wrong password", async () => {
    await button(`Menu of ${PERSON.name}`).click();
    await page.getByRole("menuitemradio", { name: "Français" }).click();
    await page.getByRole("heading", { name: "Parc", exact: true }).waitFor();
    expect(await page.evaluate("document.documentElement.lang")).toBe("fr");
    await page.keyboard.press("Escape");
    await button(`Menu de ${PERSON.name}`).click();
    await page.getByRole("menuitem", { name: "Se déconnecter" }).click();
    await page.getByRole("heading", { name: "Connexion" }).waitFor();
    await field("Adresse e-mail").fill(PERSON.email);
    await field("Mot de passe").fill("not the passphrase");
    await button("Se connecter").click();
    await page.getByText("Adresse e-mail ou mot de passe incorrect.").waitFor();
    await field("Mot de passe").fill(PERSON.password);
    await button("Se connecter").click();
    await page.getByRole("heading", { name: "Parc", exact: true }).waitFor();
    expect(pageErrors).toEqual([]);
  });

  step("stops both by Ctrl-C, and finds this machine again at another port", async () => {
    expect(await launcher.interrupt()).toBe(0);
    expect(launcher.stdout()).toContain("Stopped");
    expect(launcher.stderr()).toBe("");
    await expect(fetch(`${url}/api/health`)).rejects.toThrow();
    const home = await makeAgentHomeFolder(path.join(folder.dataDir, "data/agent"));
    expect((await home.ask("status")).data).toMatchObject({ state: { kind: "stopped" }, pid: null });

    launcher = startLauncher({
      MUSTER_PORT: "0",
      MUSTER_DATA_DIR: path.join(folder.dataDir, "data"),
      MUSTER_AGENT_INTERVAL: "1",
    });
    const next = await launcher.waitFor(/Muster is ready: +http:\/\/localhost:\d+/);
    const { port } = new URL(next.replace(/.* /, ""));
    expect(port).not.toBe(new URL(url).port);
    await expect
      .poll(async () => (await home.ask("status")).data, { timeout: 60_000 })
      .toMatchObject({ reporting: { server: `http://127.0.0.1:${port}`, contact: { isReached: true } } });
    expect(await launcher.interrupt()).toBe(0);
  });
});
