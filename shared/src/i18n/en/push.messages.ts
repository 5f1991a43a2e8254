/** Push messages: the dialog of a user. */
export const pushEn = {
  menu: "Push messages",
  title: "Push messages",
  label: "Push messages in this browser",
  hint: "Also while Muster is open in no tab. Signing out here ends them.",
  insecure: "Browsers take push messages only from pages over HTTPS or on this computer.",
  denied: "This browser blocks notifications of this page. Allow them in its settings.",
  missing:
    "This browser has no push messages. On an iPhone or iPad, add Muster to the home screen and open it from there.",
  policies:
    "Which alarms you are told of is decided by the notification policies; what you watch is told here too.",
  toPolicies: "To the policies",
  failed: "This browser could not be subscribed.",
  browsers: "Your browsers",
  thisBrowser: "this browser",
  since: "Since",
  lastSent: "Last message",
  test: "Test",
  remove: "Remove",
  sent: "The push service accepted the message after {{time}}.",
  notSent: "The push service did not accept the message.",
} as const;
