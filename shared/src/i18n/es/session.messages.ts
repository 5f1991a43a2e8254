import type { sessionEn } from "../en/session.messages.ts";
import type { Translation } from "../translation.ts";

export const sessionEs: Translation<typeof sessionEn, "many"> = {
  login: {
    title: "Iniciar sesión",
    ended: "Su sesión ha terminado. Inicie sesión para continuar donde estaba.",
    email: "Correo electrónico",
    password: "Contraseña",
    submit: "Iniciar sesión",
    wrong: "Correo electrónico o contraseña incorrectos.",
    throttled_one: "Demasiados intentos. Vuelva a probar en {{count}} segundo.",
    throttled_many: "Demasiados intentos. Vuelva a probar en {{count}} de segundos.",
    throttled_other: "Demasiados intentos. Vuelva a probar en {{count}} segundos.",
    fleetTagline: "Todas sus máquinas y lo que requiere atención.",
  },
  setup: {
    title: "Configurar Muster",
    intro: "Rellene este formulario para abrir su flota.",
    organization: "Nombre de la organización",
    name: "Su nombre",
    email: "Correo electrónico",
    password: "Contraseña",
    passwordHint:
      "Al menos 10 caracteres, 5 de ellos distintos. Se rechazan las contraseñas comunes, las secuencias y sus propios nombres.",
    alarmRules: "Reglas de alarma iniciales",
    alarmRulesHint: "Lo que abre una alarma. Todo se puede cambiar más adelante.",
    submit: "Crear la organización y abrir la flota",
    needed: "Este servidor todavía no está configurado.",
    neededHint:
      "Abra el enlace que el servidor mostró al iniciarse. Para obtener uno nuevo, ejecute npx muster setup-link en el servidor.",
    gone: "Este enlace de configuración ya no es válido",
    goneHint:
      "Se puede usar una vez, en el plazo de una hora. Si Muster aún no está configurado, reinicie el servidor para obtener un enlace nuevo.",
    toLogin: "Iniciar sesión",
    checking: "Comprobando el enlace…",
    strength: {
      label: "Seguridad de la contraseña",
      short_one: "falta {{count}} carácter",
      short_many: "faltan {{count}} de caracteres",
      short_other: "faltan {{count}} caracteres",
      repetitive: "rechazada: menos de 5 caracteres distintos",
      sequence: "rechazada: una secuencia de caracteres consecutivos",
      common: "rechazada: una contraseña común",
      personal: "rechazada: solo un nombre, un correo o una organización",
      fair: "aceptable",
      good: "buena",
      strong: "fuerte",
    },
  },
};
