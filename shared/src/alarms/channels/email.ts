import { z } from "zod";
import { Email } from "../../contracts/identity.ts";
import { defineChannel } from "./define-channel.ts";

export const email = defineChannel({
  type: "email",
  label: "E-mail",
  description: "Sends a mail to each address through the mail server of this Muster.",
  settings: z.strictObject({
    addresses: z.array(Email).min(1).max(20).meta({
      label: "Addresses",
      hint: "The owner of an address that belongs to no member agrees first, by the link in a test message.",
    }),
  }),
  addressField: null,
  hasSigningSecret: false,
});
