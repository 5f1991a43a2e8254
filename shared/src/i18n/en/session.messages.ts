/** Set-up and sign-in. */
export const sessionEn = {
  login: {
    title: "Sign in",
    email: "E-mail",
    password: "Password",
    submit: "Sign in",
    wrong: "E-mail or password is not right.",
    throttled_one: "Too many attempts. Try again in {{count}} second.",
    throttled_other: "Too many attempts. Try again in {{count}} seconds.",
    fleetTagline: "Every machine is there. Every machine is well.",
  },
  setup: {
    title: "Set up Muster",
    intro: "One page, then straight to your fleet.",
    organization: "Name of the organization",
    name: "Your name",
    email: "E-mail",
    password: "Password",
    passwordHint: "At least 10 characters. A sentence is easier to keep in mind than symbols.",
    submit: "Create and open the fleet",
    gone: "This set-up link is no longer valid",
    goneHint:
      "It works once and for one hour. If Muster is not set up yet, restart the server: it prints a new link.",
    toLogin: "Sign in",
    checking: "Checking the link",
    strength: {
      label: "Strength of the password",
      short_one: "{{count}} character more",
      short_other: "{{count}} characters more",
      fair: "fair",
      good: "good",
      strong: "strong",
    },
  },
} as const;
