/**
 * The tray's identity to systems: bundle identifier on macOS, AppUserModelID on Windows. What a person allowed it (notifications,
 * start at login) hangs on it, so it never changes.
 */
export const APPLICATION_ID = "org.muster.tray";
export const APPLICATION_NAME = "Muster";
/** On Linux: the program, its package, its icon, its desktop entry and with it the class of its windows. */
export const LINUX_NAME = "muster-tray";
