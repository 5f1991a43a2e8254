import type { CatalogTexts } from "../../actions/action-texts.ts";

export const catalogRu: CatalogTexts = {
  message: {
    label: "Сообщение",
    description: "Показывает текст всем вошедшим пользователям.",
    payload: {
      title: { label: "Заголовок" },
      text: { label: "Текст" },
      urgency: { label: "Срочность", choices: { low: "Низкая", normal: "Обычная", urgent: "Срочная" } },
      buttons: {
        label: "Кнопки",
        hint: "Варианты ответа. После каждого нажмите Enter. Выбранный ответ будет в результате.",
      },
    },
    result: { shown: "Показано", notShown: "Не показано", pressed: "Ответ" },
  },
  restart: {
    label: "Перезапустить агент",
    description: "Перезапускает агент Muster. Сам компьютер не перезагружается.",
    payload: {},
    result: { agentVersion: "Версия агента" },
  },
  reboot: {
    label: "Перезагрузить",
    description: "Перезагружает операционную систему. Завершается, когда компьютер снова присылает отчёты.",
    payload: {
      delayMinutes: { label: "Задержка (минуты)" },
      message: { label: "Сообщение пользователю" },
      postponements: {
        label: "Допустимо переносов",
        hint: "0: пользователь не может отложить перезагрузку.",
      },
      postponableHours: { label: "Можно переносить в течение (часов)" },
    },
    result: {
      bootIdBefore: "Идентификатор загрузки до",
      bootIdAfter: "Идентификатор загрузки после",
    },
  },
  "cancel-reboot": {
    label: "Отменить перезагрузку",
    description:
      "Отменяет любое запланированное на компьютере выключение или перезагрузку, кто бы их ни запланировал.",
    payload: {},
    result: { wasScheduled: "Перезагрузка была запланирована" },
  },
  "refresh-inventory": {
    label: "Обновить инвентарь",
    description: "Заново читает оборудование, диски и сеть и отправляет данные.",
    payload: {},
    result: { inventoryHash: "Отпечаток инвентаря" },
  },
  "collect-agent-log": {
    label: "Получить журнал агента",
    description: "Получает последние строки журнала агента. Другие файлы недоступны.",
    payload: { lines: { label: "Строки" } },
    result: { lines: "Журнал" },
  },
};
