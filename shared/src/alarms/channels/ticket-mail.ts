import { z } from "zod";
import { Email } from "../../contracts/identity.ts";
import { defineChannel } from "./define-channel.ts";

const PLACEHOLDERS = "{{title}}, {{device}}, {{severity}}, {{event}}, {{text}}, {{link}} and {{reference}}";

export const ticketMail = defineChannel({
  type: "ticket-mail",
  label: "Tickets by mail",
  description: "Sends one mail for each event of an alarm to a helpdesk, in a form of your own.",
  settings: z.strictObject({
    address: Email.meta({
      label: "Address of the helpdesk",
      hint: "Unless it belongs to a member, its owner agrees first, by the link in a test message.",
    }),
    subject: z
      .string()
      .trim()
      .min(1, "must not be empty")
      .max(200)
      .regex(/^[^\p{Cc}]+$/u, "must be one line")
      .default("[{{severity}}] {{title}} [{{reference}}]")
      .meta({
        label: "Subject",
        hint: `With ${PLACEHOLDERS}. The reference is the same for all mails about an alarm.`,
      }),
    text: z
      .string()
      .trim()
      .min(1, "must not be empty")
      .max(4_000)
      .default("{{event}}\n\n{{text}}\n\n{{link}}")
      .meta({ label: "Text", hint: `With ${PLACEHOLDERS}.` }),
  }),
  addressField: null,
  hasSigningSecret: false,
});
