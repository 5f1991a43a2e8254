import type { availabilityEn } from "../en/availability.messages.ts";
import type { Translation } from "../translation.ts";

export const availabilityEs: Translation<typeof availabilityEn> = {
  title: "Disponibilidad",
  intro:
    "Parte del tiempo en que sus dispositivos estuvieron disponibles en los últimos 90 días (días en UTC).",
  csv: "Exportar CSV",
  bar: "Disponibilidad de {{name}} por día, últimos 90 días",
  hint: "Elija un día para ver los detalles. Los días están en UTC.",
  day: "{{day}}: {{text}}",
  available: "{{percent}} disponible",
  downFor: "caído durante {{time}}",
  excusedFor: "justificado durante {{time}}",
  unknownFor: "desconocido durante {{time}}",
  notRecorded: "no registrado",
  hours24: "24 horas",
  days7: "7 días",
  days30: "30 días",
  days90: "90 días",
  formula:
    "Tiempo disponible, dividido por el tiempo disponible o caído. La suspensión, el mantenimiento y otros tiempos justificados no cuentan, ni el tiempo en que este servidor no funcionaba.",
  recordedSince: "Registrado desde el {{time}}. No se sabe nada del tiempo anterior.",
  outages: "Caídas",
  noOutages: "Ninguna caída en estos 90 días.",
  noDevices: "Aún no hay dispositivos.",
  limited: "No se muestran las caídas más antiguas ni otras adicionales. Los días las incluyen.",
  lowest: "Menor disponibilidad",
  device: "Dispositivo",
  downtime: "Tiempo caído",
  from: "Desde",
  to: "Hasta",
  ongoing: "en curso",
  duration: "Duración",
  reason: "Mostrado como",
};
