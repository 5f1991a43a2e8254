/** A help request of a local user, for the members who answer it. */
export const helpRequestsEn = {
  title: "Help request",
  thread: "Messages",
  answer: "Answer",
  answerHint: "{{name}} reads it in the tray of the device.",
  send: "Send answer",
  closed: "The request is closed.",
  taken: {
    nobody: "Nobody takes care of it yet. An answer acknowledges the alarm.",
    by: "{{name}} takes care of it.",
  },
  receipt: {
    sent: "Sent",
    delivered: "Delivered",
    read: "Read",
  },
  diagnostics: {
    title: "Summary of the computer",
    at: "Time",
    agent: "Agent version",
    state: "Agent state",
    health: "Health",
    problem: "Problem",
    disk: "Disk",
    uptime: "Up for",
  },
} as const;
