/** The tray's windows. */
export const trayWindowsEn = {} as const;
