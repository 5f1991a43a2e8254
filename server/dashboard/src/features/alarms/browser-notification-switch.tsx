/** Asks the browser for notifications. */
export function BrowserNotificationSwitch() {
  return null;
}
