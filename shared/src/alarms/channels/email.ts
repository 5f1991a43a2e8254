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
      hint: "Addresses that belong to no user of the organization get no link to acknowledge.",
    }),
  }),
  addressField: null,
  hasSigningSecret: false,
});
