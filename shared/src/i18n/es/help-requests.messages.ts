import type { helpRequestsEn } from "../en/help-requests.messages.ts";
import type { Translation } from "../translation.ts";

export const helpRequestsEs: Translation<typeof helpRequestsEn, "many"> = {
  title: "Solicitud de ayuda",
  thread: "Mensajes",
  answer: "Respuesta",
  answerHint: "{{name}} la lee en la bandeja del dispositivo.",
  send: "Enviar respuesta",
  closed: "La solicitud está cerrada.",
  taken: {
    nobody: "Nadie se ocupa de ella todavía. Una respuesta confirma la alarma.",
    by: "{{name}} se ocupa de ella.",
  },
  receipt: {
    sent: "Enviada",
    delivered: "Entregada",
    read: "Leída",
  },
  diagnostics: {
    title: "Resumen del equipo",
    at: "Fecha",
    agent: "Versión del agente",
    state: "Estado del agente",
    health: "Salud",
    problem: "Problema",
    disk: "Disco",
    uptime: "Activo desde hace",
  },
};
