import type { channelsEn } from "../en/channels.messages.ts";
import type { Translation } from "../translation.ts";

export const channelsEs: Translation<typeof channelsEn, "many"> = {
  title: "Canales",
  intro:
    "Adónde van los mensajes sobre alarmas. Las directivas de notificación deciden a quién se avisa de cada alarma.",
  add: "Añadir canal",
  edit: "Editar",
  editTitle: "Editar {{name}}",
  created: "Se ha añadido {{name}}.",
  empty: "Todavía no hay canales",
  emptyHint:
    "Añada un chat, un webhook o direcciones de correo, envíe un mensaje de prueba y elija después el canal en una directiva de notificación.",
  type: "Tipo",
  receiver: "Destino",
  language: "Idioma de los mensajes",
  isEnabled: "Activado",
  isEnabledHint: "Desactivado, no envía nada y los mensajes en espera se descartan.",
  on: "activado",
  off: "desactivado",
  lastSent: "Último envío",
  failing: "fallando",
  failingSince: "fallando desde hace {{time}}",
  accepted: "aceptado",
  unconfirmed_one: "{{count}} dirección sin confirmar",
  unconfirmed_many: "{{count}} direcciones sin confirmar",
  unconfirmed_other: "{{count}} direcciones sin confirmar",
  unconfirmedHint:
    "Aún sin confirmar: {{list}}. Envíe un mensaje de prueba; contiene el enlace con el que el titular acepta.",
  noMail: "Este servidor no puede enviar correo",
  noMailHint:
    "Los miembros y los canales de correo no reciben mensajes. Defina {{smtp}} y {{from}} en el servidor y reinícielo.",
  test: "Probar",
  testTitle: "Prueba de {{name}}",
  testText: "Envía un mensaje de prueba por el mismo camino que cualquier mensaje.",
  testSend: "Enviar mensaje de prueba",
  testSent: "El destinatario aceptó el mensaje tras {{time}}.",
  testFailed: "El mensaje no fue aceptado.",
  status: "Código de estado",
  answer: "Respuesta",
  milliseconds: "{{value}} ms",
  kept: "Déjelo vacío para conservar el valor guardado.",
  keptPlaceholder: "se conserva",
  secretNote: "Se introduce una vez, se guarda cifrado y no se vuelve a mostrar.",
  hidden: "oculto",
  secretTitle: "Secreto de firma de {{name}}",
  secretLabel: "Secreto de firma",
  secretText: "El destinatario verifica con él la firma de cada mensaje.",
  rotate: "Reemplazar el secreto",
  rotateTitle: "¿Reemplazar el secreto de firma de {{name}}?",
  rotateText:
    "Durante 24 horas los mensajes se firman con ambos secretos, para que pueda cambiar el destinatario sin perder ninguno.",
  previousUntil: "El secreto anterior es válido hasta el {{time}}.",
  remove: "Eliminar",
  removeTitle: "¿Eliminar {{name}}?",
  removeText: "Ninguna directiva usa este canal. Los mensajes que lo esperan se descartan.",
  used: "Estas directivas envían mensajes por él: {{list}}. Elija en ellas otros destinatarios antes de eliminar el canal.",
  toPolicies: "Abrir notificaciones",
  toDeliveries: "Envíos",
  types: {
    email: {
      label: "Correo electrónico",
      description: "Envía un correo a cada dirección mediante el servidor de correo de este Muster.",
      fields: {
        addresses: {
          label: "Direcciones",
          hint: "El titular de una dirección que no es de ningún miembro acepta antes, con el enlace de un mensaje de prueba.",
        },
      },
    },
    webhook: {
      label: "Webhook",
      description: "Envía JSON con una firma según la especificación Standard Webhooks.",
      fields: {
        url: {
          label: "Dirección",
        },
      },
    },
    slack: {
      label: "Slack",
      description: "Publica en un webhook entrante de Slack, Mattermost o Rocket.Chat.",
      fields: {
        url: {
          label: "Dirección",
          hint: "La dirección del webhook entrante.",
        },
      },
    },
    teams: {
      label: "Microsoft Teams",
      description: "Publica una tarjeta adaptable en un flujo de trabajo de Microsoft Teams.",
      fields: {
        url: {
          label: "Dirección",
          hint: "La dirección de un flujo de trabajo «Publicar en un canal cuando se recibe una solicitud de webhook».",
        },
      },
    },
    discord: {
      label: "Discord",
      description: "Publica en un webhook de un canal de Discord.",
      fields: {
        url: {
          label: "Dirección",
          hint: "La dirección en «Integraciones», «Webhooks» del canal.",
        },
      },
    },
    telegram: {
      label: "Telegram",
      description: "Envía mensajes de un bot de Telegram a un chat.",
      fields: {
        token: {
          label: "Token del bot",
        },
        chatId: {
          label: "Chat",
        },
        server: {
          label: "Servidor de la API de bots",
        },
      },
    },
    ntfy: {
      label: "ntfy",
      description: "Publica en un tema de ntfy.",
      fields: {
        server: {
          label: "Servidor",
        },
        topic: {
          label: "Tema",
          hint: "Quien conozca el tema puede leerlo.",
        },
        token: {
          label: "Token de acceso",
        },
      },
    },
    pagerduty: {
      label: "PagerDuty",
      description: "Abre, confirma y resuelve incidentes mediante la API Events v2.",
      fields: {
        routingKey: {
          label: "Clave de integración",
        },
        server: {
          label: "Servidor",
          hint: "https://events.eu.pagerduty.com en la región europea.",
        },
      },
    },
    zammad: {
      label: "Zammad",
      description: "Abre un ticket en Zammad por cada alarma y añade lo que ocurre con ella.",
      fields: {
        server: { label: "Dirección de Zammad" },
        token: {
          label: "Token de acceso",
          hint: "De un agente con el permiso ticket.agent, que puede crear y cambiar tickets del grupo.",
        },
        group: { label: "Grupo" },
        customer: {
          label: "Cliente de los tickets",
          hint: "Correo electrónico de un cliente que Zammad conoce.",
        },
        whenOver: {
          label: "Cuando termina la alarma",
          choices: { close: "Añadir una nota y cerrar el ticket", note: "Solo añadir una nota" },
        },
      },
    },
    jira: {
      label: "Jira",
      description:
        "Abre una incidencia en Jira por cada alarma y añade como comentarios lo que ocurre con ella.",
      fields: {
        server: { label: "Dirección de Jira", hint: "Por ejemplo, https://example.atlassian.net." },
        edition: { label: "Edición", choices: { cloud: "Cloud", "data-center": "Data Center" } },
        user: { label: "Correo electrónico de la cuenta", hint: "Solo para Jira Cloud." },
        token: {
          label: "Token",
          hint: "Jira Cloud: un token de API de la cuenta. Data Center: un token de acceso personal.",
        },
        project: { label: "Clave del proyecto" },
        issueType: { label: "Tipo de las incidencias" },
        whenOver: {
          label: "Cuando termina la alarma",
          choices: { close: "Añadir una nota y cerrar el ticket", note: "Solo añadir una nota" },
        },
      },
    },
    glpi: {
      label: "GLPI",
      description: "Abre un ticket en GLPI por cada alarma y añade como seguimientos lo que ocurre con ella.",
      fields: {
        server: { label: "Dirección de GLPI", hint: "Sin /apirest.php." },
        appToken: {
          label: "Token de aplicación",
          hint: "De un cliente de API, en «Configuración», «General», «API».",
        },
        userToken: {
          label: "Token de API del usuario",
          hint: "De un usuario que puede crear y resolver tickets, en «Claves de acceso remoto».",
        },
        whenOver: {
          label: "Cuando termina la alarma",
          choices: { close: "Añadir una nota y cerrar el ticket", note: "Solo añadir una nota" },
        },
      },
    },
    "ticket-mail": {
      label: "Tickets por correo",
      description:
        "Envía a un servicio de asistencia un correo por cada suceso de una alarma, con una forma propia.",
      fields: {
        address: {
          label: "Dirección del servicio de asistencia",
          hint: "Si no es de ningún miembro, su titular da antes su consentimiento con el enlace de un mensaje de prueba.",
        },
        subject: {
          label: "Asunto",
          hint: "Con {{title}}, {{device}}, {{severity}}, {{event}}, {{text}}, {{link}} y {{reference}}. La referencia es la misma en todos los correos de una alarma.",
        },
        text: {
          label: "Texto",
          hint: "Con {{title}}, {{device}}, {{severity}}, {{event}}, {{text}}, {{link}} y {{reference}}.",
        },
      },
    },
  },
};
