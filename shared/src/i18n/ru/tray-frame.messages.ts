import type { trayFrameEn } from "../en/tray-frame.messages.ts";
import type { Translation } from "../translation.ts";

export const trayFrameRu: Translation<typeof trayFrameEn, "few" | "many"> = {
  title: {
    status: "Состояние",
    log: "Журнал",
    messages: "Сообщения",
    record: "Что видит и сделал ИТ-отдел",
    setup: "Подключение и настройки",
    reboot: "Перезагрузка",
    ask: "Спросить ИТ-отдел",
  },
  documentTitle: "{{window}} – Muster",
  frame: {
    loading: "Загрузка…",
    unread: "Не удалось загрузить.",
    retry: "Повторить",
    broken: "Это окно перестало работать. Закройте его и откройте снова.",
    details: "Подробности",
    windows: "Другие окна",
    links: {
      log: "Журнал",
      messages: "Сообщения",
      messagesNew: "Сообщения (новых: {{count}})",
      record: "Что видит ИТ-отдел",
      setup: "Настройки",
    },
  },
  refused: {
    "not-at-console": "Это может сделать только пользователь за этим компьютером.",
    "pause-forbidden": "Ваша организация не разрешает паузу.",
    "not-enrolled": "Этот компьютер ещё не подключён.",
    unknown: "Этого больше нет.",
    over: "Это уже завершено.",
    "too-late": "Это время позже разрешённого.",
    "no-postponements-left": "Перезагрузку больше нельзя отложить.",
    "too-many": "Открыто слишком много запросов или сообщений. Подождите или сначала закройте один из них.",
    failed: "Запрос не выполнен.",
    failedBecause: "Запрос не выполнен: {{message}}",
  },
  level: {
    ok: "норма",
    warn: "внимание",
    critical: "критично",
    paused: "пауза",
    offline: "не в сети",
    unknown: "неизвестно",
  },
};
