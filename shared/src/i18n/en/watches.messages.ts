/** What a user is told of once. */
export const watchesEn = {
  online: "Tell me when it is back",
  offline: "Tell me when it goes offline",
  ended: "Tell me when it ends",
  active: "You will get one mail. Press to cancel.",
  started: "You will get one mail about it.",
  stopped: "No mail will be sent.",
} as const;
