import type { downloadsEn } from "../en/downloads.messages.ts";
import type { Translation } from "../translation.ts";

export const downloadsRu: Translation<typeof downloadsEn, "few" | "many"> = {
  title: "Загрузки",
  intro:
    "Агенты для новых устройств и пакеты приложения в области уведомлений. Сравните SHA-256 загруженного файла с указанным здесь.",
  agents: "Агенты",
  tray: "Пакеты приложения в области уведомлений",
  noTray: "На этом сервере нет пакетов приложения в области уведомлений.",
  system: "Система",
  version: "Версия",
  size: "Размер",
  origin: "Источник",
  created: "Добавлено",
  file: "Файл",
  systems: {
    "linux-x64": "Linux (x64)",
    "linux-arm64": "Linux (arm64)",
    "windows-x64": "Windows (x64)",
    "macos-arm64": "macOS (Apple silicon)",
    "macos-x64": "macOS (Intel)",
  },
  origins: {
    "signed-release": "Подписанный выпуск",
    "placed-by-operator": "Добавлено вручную",
    "built-by-server": "Собрано этим сервером",
  },
  state: {
    ready: "готово",
    building: "сборка",
    failed: "ошибка",
    missing: "отсутствует",
  },
  download: "Скачать",
  downloadFor: "Скачать агент для {{name}}",
  build: "Собрать",
  rebuild: "Собрать заново",
  buildFor: "Собрать агент для {{name}}",
  copyHash: "Скопировать SHA-256",
  lastFailed: "Последняя сборка не удалась.",
  details: "Подробности",
  rejected: {
    title: "Файлы, которые не предлагаются",
    why: "Причина",
    name: "Имя файла должно быть вида muster-agent-1.2.0-linux-x64.",
    content: "Файл не является агентом для системы, указанной в имени.",
  },
  hint: {
    build: "Нажмите кнопку, чтобы собрать его на этом сервере.",
    ask: "Администратор сервера может собрать его здесь или на сервере:",
    add: "Этот сервер не может его собрать. Добавьте файл на сервере:",
  },
  problem: {
    "not-built": "Агент ещё не собран.",
    "not-possible-here": "Этот сервер не может собрать агент.",
    "no-memory": "На сервере слишком мало свободной памяти для сборки.",
    "no-space": "В папке данных слишком мало свободного места.",
    registry: "Не удалось получить Node.js из реестра npm.",
    busy: "Сейчас идёт другая сборка. Повторите попытку позже.",
    failed: "Сборка завершилась с ошибкой.",
  },
};
