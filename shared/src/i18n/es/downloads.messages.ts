import type { downloadsEn } from "../en/downloads.messages.ts";
import type { Translation } from "../translation.ts";

export const downloadsEs: Translation<typeof downloadsEn, "many"> = {
  title: "Descargas",
  intro:
    "Agentes para los equipos nuevos y paquetes de la aplicación del área de notificación. Compare el SHA-256 de un archivo descargado con el que se muestra aquí.",
  agents: "Agentes",
  tray: "Paquetes de la aplicación del área de notificación",
  noTray: "Este servidor no tiene paquetes de la aplicación del área de notificación.",
  system: "Sistema",
  version: "Versión",
  size: "Tamaño",
  origin: "Origen",
  created: "Añadido",
  file: "Archivo",
  systems: {
    "linux-x64": "Linux (x64)",
    "linux-arm64": "Linux (arm64)",
    "windows-x64": "Windows (x64)",
    "macos-arm64": "macOS (Apple silicon)",
    "macos-x64": "macOS (Intel)",
  },
  origins: {
    "signed-release": "Versión firmada",
    "placed-by-operator": "Añadido manualmente",
    "built-by-server": "Compilado por este servidor",
  },
  state: {
    ready: "listo",
    building: "compilando",
    failed: "error",
    missing: "no disponible",
  },
  download: "Descargar",
  downloadFor: "Descargar el agente para {{name}}",
  build: "Compilar",
  rebuild: "Volver a compilar",
  buildFor: "Compilar el agente para {{name}}",
  copyHash: "Copiar SHA-256",
  lastFailed: "La última compilación falló.",
  details: "Detalles",
  rejected: {
    title: "Archivos que no se ofrecen",
    why: "Motivo",
    name: "El archivo debe llamarse como muster-agent-1.2.0-linux-x64.",
    content: "El archivo no es un agente para el sistema de su nombre.",
  },
  hint: {
    build: "Use el botón para compilarlo en este servidor.",
    ask: "Un administrador del servidor puede compilarlo, aquí o en el servidor:",
    add: "Este servidor no puede compilarlo. Añada su archivo en el servidor:",
  },
  problem: {
    "not-built": "El agente aún no se ha compilado.",
    "not-possible-here": "Este servidor no puede compilar el agente.",
    "no-memory": "El servidor no tiene suficiente memoria libre para compilarlo.",
    "no-space": "La carpeta de datos no tiene suficiente espacio libre.",
    registry: "No se pudo obtener Node.js del registro de npm.",
    busy: "Hay otra compilación en curso. Inténtelo más tarde.",
    failed: "La compilación terminó con un error.",
  },
};
