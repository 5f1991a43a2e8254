/** Push notifications in the browsers of a user. */
export const pushEn = {
  title: "Push notifications",
  label: "Push notifications in this browser",
  hint: "Even when Muster is not open in a tab. Signing out in this browser ends them.",
  insecure: "Push notifications need a page over HTTPS, or on this computer.",
  denied: "This browser blocks notifications of this page. Allow them in its settings.",
  missing:
    "This browser does not support push notifications. On an iPhone or iPad, add Muster to the home screen and open it from there.",
  policies:
    "Notification policies decide which alarms you are notified about. You are also notified about what you watch.",
  toPolicies: "To the policies",
  failed: "This browser could not be registered.",
  ended:
    "Push notifications in this browser have ended. You can turn them on again in the menu of your name.",
  browsers: "Your browsers",
  thisBrowser: "this browser",
  since: "Since",
  lastSent: "Last notification",
  test: "Test",
  remove: "Remove",
  sent: "The push service accepted the notification after {{time}}.",
  notSent: "The push service did not accept the notification.",
} as const;
