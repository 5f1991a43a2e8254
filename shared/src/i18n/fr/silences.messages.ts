import type { silencesEn } from "../en/silences.messages.ts";
import type { Translation } from "../translation.ts";

export const silencesFr: Translation<typeof silencesEn, "many"> = {
  title: "Silences",
  intro:
    "Personne n’est averti des alarmes auxquelles un silence correspond. Elles sont quand même évaluées et enregistrées ; ce qui persiste à sa fin est alors signalé.",
  add: "Nouveau silence",
  silence: "Mettre en silence",
  edit: "Modifier le silence",
  extend: "Modifier",
  end: "Terminer",
  endTitle: "Terminer ce silence maintenant ?",
  endText_one:
    "À cause de lui, personne n’est averti de {{count}} alarme. Si elle persiste, elle est signalée en quelques secondes.",
  endText_many:
    "À cause de lui, personne n’est averti de {{count}} alarmes. Celles qui persistent sont signalées en quelques secondes.",
  endText_other:
    "À cause de lui, personne n’est averti de {{count}} alarmes. Celles qui persistent sont signalées en quelques secondes.",
  created_one: "Silence créé. Il correspond à {{count}} alarme ouverte.",
  created_many: "Silence créé. Il correspond à {{count}} alarmes ouvertes.",
  created_other: "Silence créé. Il correspond à {{count}} alarmes ouvertes.",
  what: "Alarmes",
  state: "État",
  comment: "Commentaire",
  commentHint: "Pourquoi personne ne doit être averti, pour vos collègues",
  until: "Jusqu’à",
  types: "Types",
  allTypes: "Tous les types",
  severities: "Gravités",
  allSeverities: "Toutes les gravités",
  endsWhenIdle: "Terminer plus tôt s’il ne sert plus",
  endsWhenIdleHint: "Il se termine quand aucune alarme ouverte n’y a correspondu pendant une heure.",
  idleShort: "se termine s’il ne correspond à rien pendant une heure",
  target: {
    alarm: "Seulement cette alarme",
    device: "Toutes les alarmes de {{name}}",
    rule: "Toutes les alarmes de la règle « {{name}} »",
  },
  preview: "Correspond à",
  previewLater: "Choisissez les alarmes concernées.",
  previewFailed: "L’aperçu n’a pas pu être lu.",
  matchesNow: "Correspond à",
  matches_one: "{{count}} alarme ouverte",
  matches_many: "{{count}} alarmes ouvertes",
  matches_other: "{{count}} alarmes ouvertes",
  more_one: "et {{count}} autre",
  more_many: "et {{count}} autres",
  more_other: "et {{count}} autres",
  planned: "du {{from}} au {{until}}",
  active: "jusqu’à {{time}}",
  stale: "Il ne correspond à rien depuis une heure.",
  ended: {
    time: "terminé depuis {{time}}",
    early: "terminé {{time}} par {{name}}",
    idle: "terminé {{time}} : rien n’y correspondait",
  },
  ofRule: "Règle : {{name}}",
  limited: "seulement les clients de son auteur",
  deleted: "supprimé",
  show: {
    current: "En cours",
    ended: "Terminés",
  },
  empty: {
    current: "Aucun silence",
    ended: "Aucun silence n’est encore terminé",
  },
  emptyHint:
    "Mettez des alarmes en silence ici, ou sur la page d’une alarme, tant que vous en connaissez la cause. Les travaux prévus relèvent d’une fenêtre de maintenance.",
};
