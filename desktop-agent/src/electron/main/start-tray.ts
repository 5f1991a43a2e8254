import { APPLICATION_ID } from "@muster/shared/design/application.ts";
import { chooseLanguage } from "@muster/shared/i18n/languages.ts";
import { messageOf } from "../../agent/log.ts";
import { createWords } from "../model/words.ts";
import { openTray } from "./open-tray.ts";
import type { ElectronModule, OpenTray, TrayProgram } from "./tray-program.ts";
import { WINDOW_SCHEME } from "./window-files.ts";

/** Given to a second start, ends the first: the way out where no icon can be seen. */
const QUIT_ARGUMENT = "--quit";

/** Starts the tray, once on each desktop: a second start shows the first one's status and ends. */
export function startTray(electron: ElectronModule, program: TrayProgram): void {
  const { app, protocol, dialog } = electron;
  if (!app.requestSingleInstanceLock() || program.argv.includes(QUIT_ARGUMENT)) return app.quit();
  // Windows ties notifications and the taskbar to it; the installer's shortcut carries the same.
  app.setAppUserModelId(APPLICATION_ID);
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([
    // Modules and fonts are fetched as across origins, which a scheme has to allow even for its own.
    { scheme: WINDOW_SCHEME, privileges: { standard: true, secure: true, corsEnabled: true } },
  ]);

  let end: "running" | "ending" | "over" = "running";
  // macOS takes a quit that is put off for a veto of the logout; the engine hears of it by its own port, and says its last word.
  const systemEnds = () => {
    end = "over";
  };
  const opening = app.whenReady().then(() => openTray(electron, program, systemEnds));
  opening.catch(fail);
  // One that did not open has said so, and ends.
  const withTray = (act: (tray: OpenTray) => void | Promise<void>) => opening.then(act, () => undefined);

  app.on("second-instance", (_event, argv) => {
    if (argv.includes(QUIT_ARGUMENT)) app.quit();
    else void withTray((tray) => tray.showStatus());
  });
  app.on("activate", () => void withTray((tray) => tray.showStatus()));
  // Without a listener Electron ends with the last window: the tray begins there.
  app.on("window-all-closed", () => undefined);
  app.on("before-quit", (event) => {
    if (end === "over") return;
    event.preventDefault();
    if (end === "ending") return;
    end = "ending";
    // The last word first; a server that is not reached costs two seconds.
    void withTray((tray) => tray.stop())
      .catch(complain)
      .finally(() => {
        end = "over";
        app.quit();
      });
  });

  async function fail(error: unknown): Promise<void> {
    const language = chooseLanguage(app.getPreferredSystemLanguages());
    const { t } = await createWords(language, language);
    dialog.showErrorBox(t("tray.dialog.cannotStart"), messageOf(error));
    end = "over";
    app.exit(1);
  }
}

/** At the end there is no log and no window any more. */
function complain(error: unknown): void {
  process.stderr.write(`muster: ${messageOf(error)}\n`);
}
