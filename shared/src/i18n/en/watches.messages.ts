/** What a user is told of once. */
export const watchesEn = {
  online: "Tell me when it is back",
  offline: "Tell me when it goes offline",
  ended: "Tell me when it ends",
  active: "You will be told once. Press to cancel.",
  started: "You will be told of it once.",
  stopped: "You will not be told of it.",
} as const;
