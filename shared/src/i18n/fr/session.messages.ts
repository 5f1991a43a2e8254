import type { sessionEn } from "../en/session.messages.ts";
import type { Translation } from "../translation.ts";

export const sessionFr: Translation<typeof sessionEn, "many"> = {
  login: {
    title: "Connexion",
    ended: "Votre session est terminée. Connectez-vous pour reprendre là où vous étiez.",
    email: "Adresse e-mail",
    password: "Mot de passe",
    submit: "Se connecter",
    wrong: "Adresse e-mail ou mot de passe incorrect.",
    throttled_one: "Trop d’essais. Réessayez dans {{count}} seconde.",
    throttled_many: "Trop d’essais. Réessayez dans {{count}} de secondes.",
    throttled_other: "Trop d’essais. Réessayez dans {{count}} secondes.",
    fleetTagline: "Toutes vos machines, et ce qui demande votre attention.",
  },
  setup: {
    title: "Configurer Muster",
    intro: "Remplissez ce formulaire pour ouvrir votre parc.",
    organization: "Nom de l’organisation",
    name: "Votre nom",
    email: "Adresse e-mail",
    password: "Mot de passe",
    passwordHint:
      "Au moins 10 caractères, dont 5 différents. Les mots de passe courants, les suites de caractères et vos propres noms sont refusés.",
    alarmRules: "Règles d’alarme de départ",
    alarmRulesHint: "Ce qui déclenche une alarme. Tout peut être modifié plus tard.",
    submit: "Créer l’organisation et ouvrir le parc",
    needed: "Ce serveur n’est pas encore configuré.",
    neededHint:
      "Ouvrez le lien que le serveur a affiché à son démarrage. Pour en obtenir un nouveau, exécutez npx muster setup-link sur le serveur.",
    gone: "Ce lien de configuration n’est plus valable",
    goneHint:
      "Il s’utilise une seule fois, dans l’heure. Si Muster n’est pas encore configuré, redémarrez le serveur pour obtenir un nouveau lien.",
    toLogin: "Se connecter",
    checking: "Vérification du lien…",
    strength: {
      label: "Robustesse du mot de passe",
      short_one: "encore {{count}} caractère",
      short_many: "encore {{count}} de caractères",
      short_other: "encore {{count}} caractères",
      repetitive: "refusé : moins de 5 caractères différents",
      sequence: "refusé : suite de caractères consécutifs",
      common: "refusé : mot de passe courant",
      personal: "refusé : seulement un nom, une adresse e-mail ou une organisation",
      fair: "correct",
      good: "bon",
      strong: "fort",
    },
  },
};
