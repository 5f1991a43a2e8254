import { APPLICATION_ID } from "@muster/shared/design/application.ts";
import { chooseLanguage } from "@muster/shared/i18n/languages.ts";
import { messageOf } from "../../agent/log.ts";
import { createTranslations } from "../model/translations.ts";
import { openTray } from "./open-tray.ts";
import type { ElectronModule, OpenTray, TrayProgram } from "./tray-program.ts";
import { WINDOW_SCHEME } from "./window-files.ts";

/** Passed to a second start, quits the first: the only way to quit where no icon is visible. */
const QUIT_ARGUMENT = "--quit";

/** Starts the tray once per desktop: a second start opens the status window of the first and exits. */
export function startTray(electron: ElectronModule, program: TrayProgram): void {
  const { app, protocol, dialog } = electron;
  if (!app.requestSingleInstanceLock() || program.argv.includes(QUIT_ARGUMENT)) return app.quit();
  // Windows uses it for notifications and the taskbar. The installer's shortcut has the same id.
  app.setAppUserModelId(APPLICATION_ID);
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([
    // Modules and fonts are fetched with CORS, which a custom scheme has to allow even for its own files.
    { scheme: WINDOW_SCHEME, privileges: { standard: true, secure: true, corsEnabled: true } },
  ]);

  let end: "running" | "ending" | "over" = "running";
  // On macOS a delayed quit would cancel the logout. The engine sees the shutdown through its power port and sends its last word.
  const systemEnds = () => {
    end = "over";
  };
  const opening = app.whenReady().then(() => openTray(electron, program, systemEnds));
  opening.catch(fail);
  // A tray that failed to open has shown an error and exits.
  const withTray = (act: (tray: OpenTray) => void | Promise<void>) => opening.then(act, () => undefined);

  app.on("second-instance", (_event, argv) => {
    if (argv.includes(QUIT_ARGUMENT)) app.quit();
    else void withTray((tray) => tray.showStatus());
  });
  app.on("activate", () => void withTray((tray) => tray.showStatus()));
  // Without a listener Electron quits when the last window closes.
  app.on("window-all-closed", () => undefined);
  app.on("before-quit", (event) => {
    if (end === "over") return;
    event.preventDefault();
    if (end === "ending") return;
    end = "ending";
    // Sends the last word first, which takes two seconds if the server is not reached.
    void withTray((tray) => tray.stop())
      .catch(complain)
      .finally(() => {
        end = "over";
        app.quit();
      });
  });

  async function fail(error: unknown): Promise<void> {
    const language = chooseLanguage(app.getPreferredSystemLanguages());
    const { t } = await createTranslations(language, language);
    dialog.showErrorBox(t("tray.dialog.cannotStart"), messageOf(error));
    end = "over";
    app.exit(1);
  }
}

/** At this point the log and the windows are closed. */
function complain(error: unknown): void {
  process.stderr.write(`muster: ${messageOf(error)}\n`);
}
