import type { pushEn } from "../en/push.messages.ts";
import type { Translation } from "../translation.ts";

export const pushFr: Translation<typeof pushEn, "many"> = {
  title: "Notifications push",
  label: "Notifications push dans ce navigateur",
  hint: "Même quand Muster n’est ouvert dans aucun onglet. Se déconnecter ici y met fin.",
  insecure: "Les navigateurs n’acceptent les notifications push que de pages en HTTPS ou de cet ordinateur.",
  denied: "Ce navigateur bloque les notifications de cette page. Autorisez-les dans ses réglages.",
  missing:
    "Ce navigateur ne prend pas en charge les notifications push. Sur un iPhone ou un iPad, ajoutez Muster à l’écran d’accueil et ouvrez-le depuis celui-ci.",
  policies:
    "Les règles de notification décident des alarmes dont vous êtes averti ; ce que vous surveillez est aussi signalé ici.",
  toPolicies: "Vers les règles",
  failed: "Ce navigateur n’a pas pu être enregistré.",
  ended:
    "Les notifications push de ce navigateur ont pris fin. Vous pouvez les réactiver dans le menu de votre nom.",
  browsers: "Vos navigateurs",
  thisBrowser: "ce navigateur",
  since: "Depuis",
  lastSent: "Dernière notification",
  test: "Tester",
  remove: "Retirer",
  sent: "Le service push a accepté la notification après {{time}}.",
  notSent: "Le service push n’a pas accepté la notification.",
};
