/** Set-up and sign-in. */
export const sessionEn = {
  login: {
    title: "Sign in",
    ended: "Your session has ended. Sign in to continue where you left off.",
    email: "E-mail",
    password: "Password",
    submit: "Sign in",
    wrong: "Wrong e-mail or password.",
    throttled_one: "Too many attempts. Try again in {{count}} second.",
    throttled_other: "Too many attempts. Try again in {{count}} seconds.",
    fleetTagline: "See every machine, and what needs attention.",
  },
  setup: {
    title: "Set up Muster",
    intro: "Fill in this form to open your fleet.",
    organization: "Organization name",
    name: "Your name",
    email: "E-mail",
    password: "Password",
    passwordHint:
      "At least 10 characters, 5 of them different. Common passwords, sequences and your own names are rejected.",
    alarmRules: "Alarm rules to start with",
    alarmRulesHint: "What opens an alarm. You can change all of it later.",
    submit: "Create organization and open fleet",
    needed: "This server is not set up yet.",
    neededHint:
      "Open the link that the server printed when it started. To get a new link, run npx muster setup-link on the server.",
    gone: "This set-up link is no longer valid",
    goneHint:
      "It can be used once, within one hour. If Muster is not set up yet, restart the server to get a new link.",
    toLogin: "Sign in",
    checking: "Checking the link…",
    strength: {
      label: "Password strength",
      short_one: "{{count}} more character",
      short_other: "{{count}} more characters",
      repetitive: "rejected: fewer than 5 different characters",
      sequence: "rejected: a sequence of neighbouring characters",
      common: "rejected: a common password",
      personal: "rejected: only a name, e-mail address or organization",
      fair: "fair",
      good: "good",
      strong: "strong",
    },
  },
} as const;
