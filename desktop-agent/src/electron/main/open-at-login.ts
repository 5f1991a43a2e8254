import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { OsFamily } from "@muster/shared/contracts/inventory.ts";
import { LINUX_NAME } from "@muster/shared/design/application.ts";
import type { App } from "electron";
import type { Environment } from "../../agent-host/configuration.ts";
import type { FilePort } from "../../platform/ports.ts";

/** Whether the tray opens when its user logs in. */
export type OpenAtLogin = { read(): Promise<boolean>; write(opens: boolean): Promise<void> };

/** Marks a start at login, as opposed to one by the user. */
export const AT_LOGIN_ARGUMENT = "--at-login";

const NAME = "muster.desktop";
/** A user's entry that disables what a package starts for every user. */
const HIDDEN_ENTRY = "[Desktop Entry]\nType=Application\nName=Muster\nHidden=true\n";

type Deps = {
  app: Pick<App, "getLoginItemSettings" | "setLoginItemSettings" | "getPath">;
  family: OsFamily;
  files: Pick<FilePort, "read" | "replace" | "remove">;
  environment: Environment;
  execPath: string;
};

export function openAtLoginOf({ app, family, files, environment, execPath }: Deps): OpenAtLogin {
  if (family !== "linux") return loginItem(app);
  const configFolder = environment.XDG_CONFIG_HOME || join(app.getPath("home"), ".config");
  // An AppImage runs from a mount that no longer exists at the next login.
  return autostartFile(files, configFolder, environment.APPIMAGE || execPath);
}

/** macOS and Windows keep it themselves. */
function loginItem(app: Pick<App, "getLoginItemSettings" | "setLoginItemSettings">): OpenAtLogin {
  const options = { args: [AT_LOGIN_ARGUMENT] };
  return {
    read: async () => app.getLoginItemSettings(options).openAtLogin,
    write: async (openAtLogin) => app.setLoginItemSettings({ ...options, openAtLogin }),
  };
}

/**
 * On Linux a file in the person's own folder for it, which goes before the one of that name that an installed package has for
 * everybody (Desktop Application Autostart Specification). `program` is what starts the tray.
 */
export function autostartFile(
  files: Pick<FilePort, "read" | "replace" | "remove">,
  configFolder: string,
  program: string,
  packageFolder = "/etc/xdg/autostart",
): OpenAtLogin {
  const folder = join(configFolder, "autostart");
  const file = join(folder, NAME);
  const isInPackage = async () => (await files.read(join(packageFolder, NAME))) !== null;
  return {
    read: async () => {
      const text = await files.read(file);
      return text === null ? isInPackage() : !/^Hidden=true$/m.test(text);
    },
    async write(opens) {
      if (opens === (await isInPackage())) return files.remove(file);
      // Not by the agent's port, which would narrow a folder that is not ours.
      await mkdir(folder, { recursive: true });
      await files.replace(file, opens ? desktopEntry(program) : HIDDEN_ENTRY, { sync: false });
    },
  };
}

function desktopEntry(program: string): string {
  return `[Desktop Entry]
Type=Application
Name=Muster
Exec=${quoteExec(program)} ${AT_LOGIN_ARGUMENT}
Icon=${LINUX_NAME}
Terminal=false
NoDisplay=true
X-GNOME-Autostart-enabled=true
`;
}

/** A path as the specification's `Exec` wants it: quoted, then escaped once more as any string of the file. */
function quoteExec(program: string): string {
  const quoted = program.replaceAll(/["`$\\]/g, String.raw`\$&`).replaceAll("%", "%%");
  const escaped = `"${quoted}"`.replaceAll("\\", "\\\\");
  // A line break in it would begin another key.
  return escaped.replaceAll("\n", String.raw`\n`).replaceAll("\r", String.raw`\r`);
}
