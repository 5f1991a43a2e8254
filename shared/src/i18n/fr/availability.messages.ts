import type { availabilityEn } from "../en/availability.messages.ts";
import type { Translation } from "../translation.ts";

export const availabilityFr: Translation<typeof availabilityEn> = {
  title: "Disponibilité",
  intro:
    "Part du temps pendant laquelle vos appareils étaient disponibles ces 90 derniers jours (jours en UTC).",
  csv: "Exporter en CSV",
  bar: "Disponibilité de {{name}} par jour, 90 derniers jours",
  hint: "Choisissez un jour pour voir les détails. Les jours sont en UTC.",
  day: "{{day}} : {{text}}",
  available: "{{percent}} disponible",
  downFor: "en panne pendant {{time}}",
  excusedFor: "excusé pendant {{time}}",
  unknownFor: "inconnu pendant {{time}}",
  notRecorded: "non enregistré",
  hours24: "24 heures",
  days7: "7 jours",
  days30: "30 jours",
  days90: "90 jours",
  formula:
    "Temps disponible, divisé par le temps disponible ou en panne. La veille, la maintenance et les autres temps excusés ne comptent pas, ni le temps pendant lequel ce serveur ne fonctionnait pas.",
  recordedSince: "Enregistré depuis le {{time}}. Rien n’est connu du temps précédent.",
  outages: "Pannes",
  nothingRecorded: "Rien n’a encore été enregistré.",
  noneRecorded: "Aucune interruption n’a été enregistrée.",
  noOutages: "Aucune panne pendant ces 90 jours.",
  noDevices: "Il n’y a pas encore d’appareils.",
  limited:
    "Les pannes plus anciennes ou supplémentaires ne sont pas affichées. Les jours en tiennent compte.",
  lowest: "Disponibilité la plus faible",
  device: "Appareil",
  downtime: "Durée des pannes",
  from: "Du",
  to: "Au",
  ongoing: "en cours",
  duration: "Durée",
  reason: "Affiché comme",
};
