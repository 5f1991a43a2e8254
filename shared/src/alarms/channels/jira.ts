import { z } from "zod";
import { ChannelAddress } from "./channel-address.ts";
import { defineChannel } from "./define-channel.ts";
import { ForeignName, HeaderToken, WhenOver } from "./ticket-settings.ts";

export const jira = defineChannel({
  type: "jira",
  label: "Jira",
  description: "Opens an issue in Jira for each alarm, and adds what happens to it as comments.",
  settings: z.strictObject({
    server: ChannelAddress.meta({
      label: "Address of Jira",
      hint: "For example https://example.atlassian.net.",
    }),
    edition: z
      .enum(["cloud", "data-center"])
      .default("cloud")
      .meta({ label: "Edition", choices: { cloud: "Cloud", "data-center": "Data Center" } }),
    user: z
      .string()
      .trim()
      .max(254)
      .regex(/^[^\p{Cc}:]*$/u, "must be one line without a colon")
      .default("")
      .meta({ label: "Mail address of the account", hint: "Only for Jira Cloud." }),
    token: HeaderToken.meta({
      label: "Token",
      hint: "Jira Cloud: an API token of the account. Data Center: a personal access token.",
      isSecret: true,
    }),
    project: z
      .string()
      .trim()
      .regex(/^[A-Z][A-Z0-9_]{1,49}$/, "must be the key of a project, such as OPS")
      .meta({ label: "Key of the project" }),
    issueType: ForeignName.default("Task").meta({ label: "Type of the issues" }),
    whenOver: WhenOver,
  }),
  addressField: "server",
  hasSigningSecret: false,
});
