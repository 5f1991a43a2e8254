import { APPLICATION_NAME, LINUX_NAME } from "@muster/shared/design/application.ts";

/** Where the package puts the program. */
export const INSTALLED_PROGRAM = `/opt/${APPLICATION_NAME}/${LINUX_NAME}`;

/** The entry for the menus of desktops. @param comment one line */
export function desktopEntry(comment: string): string {
  return `[Desktop Entry]
Type=Application
Name=${APPLICATION_NAME}
Comment=${comment}
Exec=${INSTALLED_PROGRAM}
Icon=${LINUX_NAME}
Terminal=false
StartupNotify=false
StartupWMClass=${LINUX_NAME}
Categories=System;Monitor;
`;
}

/**
 * The entry that starts the tray at login; a user's own file of the same name overrides it. It stays as a configuration file when
 * the package is removed, and then has no effect.
 */
export function autostartEntry(): string {
  return `[Desktop Entry]
Type=Application
Name=${APPLICATION_NAME}
Exec=${INSTALLED_PROGRAM} --at-login
TryExec=${INSTALLED_PROGRAM}
Icon=${LINUX_NAME}
Terminal=false
NoDisplay=true
X-GNOME-Autostart-enabled=true
`;
}
