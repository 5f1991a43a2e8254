import type { helpRequestsEn } from "../en/help-requests.messages.ts";
import type { Translation } from "../translation.ts";

export const helpRequestsRu: Translation<typeof helpRequestsEn, "few" | "many"> = {
  title: "Запрос помощи",
  thread: "Сообщения",
  answer: "Ответ",
  answerHint: "{{name}} прочитает его в области уведомлений устройства.",
  send: "Отправить ответ",
  closed: "Запрос закрыт.",
  taken: {
    nobody: "Пока никто этим не занимается. Ответ подтвердит тревогу.",
    by: "{{name}} занимается этим.",
  },
  receipt: {
    sent: "Отправлено",
    delivered: "Доставлено",
    read: "Прочитано",
  },
  diagnostics: {
    title: "Сводка о компьютере",
    at: "Время",
    agent: "Версия агента",
    state: "Состояние агента",
    health: "Состояние",
    problem: "Проблема",
    disk: "Диск",
    uptime: "Работает",
  },
};
