import { z } from "zod";
import { line, lines } from "../contracts/text.ts";
import { defineAction } from "./define-action.ts";

export const message = defineAction({
  type: "message",
  label: { en: "Message", fr: "Message" },
  description: {
    en: "Shows a text to everybody who is logged in.",
    fr: "Affiche un texte à toutes les personnes connectées.",
  },
  danger: "none",
  scope: "act",
  role: "operator",
  payload: z.strictObject({
    title: line(120).meta({ label: { en: "Title", fr: "Titre" } }),
    text: lines(4000)
      .min(1)
      .meta({ label: { en: "Text", fr: "Texte" } }),
    urgency: z
      .enum(["low", "normal", "urgent"])
      .default("normal")
      .meta({
        label: { en: "Urgency", fr: "Urgence" },
        choices: {
          low: { en: "Low", fr: "Faible" },
          normal: { en: "Normal", fr: "Normale" },
          urgent: { en: "Urgent", fr: "Urgente" },
        },
      }),
    /** Up to five answers; the one that is pressed comes back with the result. */
    buttons: z
      .array(line(40))
      .max(5)
      .default([])
      .meta({
        label: { en: "Buttons", fr: "Boutons" },
        hint: {
          en: "Answers to choose from, Enter adds one. The one that is pressed comes back.",
          fr: "Réponses au choix, Entrée en ajoute une. Celle qui est choisie vous revient.",
        },
      }),
  }),
  result: z.strictObject({
    /** Sessions that it was shown in, and how. */
    shown: z
      .array(z.strictObject({ user: line(120), by: line(40) }))
      .max(100)
      .meta({ label: { en: "Shown to", fr: "Affiché à" } }),
    /** Sessions that it was not shown in, and why: "locked", "no display". */
    notShown: z
      .array(z.strictObject({ user: line(120), reason: line(200) }))
      .max(100)
      .meta({ label: { en: "Not shown to", fr: "Pas affiché à" } }),
    pressed: line(40)
      .nullable()
      .default(null)
      .meta({ label: { en: "Pressed", fr: "Réponse" } }),
  }),
  validForS: 7 * 86_400,
  timeoutS: 600,
  timeoutError: "no-result",
  needsNewBoot: false,
  isCoalesced: false,
});
