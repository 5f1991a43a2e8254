import type { CatalogTexts } from "../../actions/action-texts.ts";

export const catalogRu: CatalogTexts = {
  message: {
    label: "Сообщение",
    description: "Показывает текст всем, кто вошёл в систему.",
    payload: {
      title: { label: "Заголовок" },
      text: { label: "Текст" },
      urgency: { label: "Срочность", choices: { low: "Низкая", normal: "Обычная", urgent: "Срочная" } },
      buttons: {
        label: "Кнопки",
        hint: "Ответы на выбор, Enter добавляет ответ. Вам вернётся тот, который нажмут.",
      },
    },
    result: { shown: "Показано", notShown: "Не показано", pressed: "Ответ" },
  },
  restart: {
    label: "Перезапустить агент",
    description: "Перезапускает агент Muster. Больше ничего на компьютере не затрагивается.",
    payload: {},
    result: { agentVersion: "Версия агента" },
  },
  reboot: {
    label: "Перезагрузить",
    description:
      "Перезагружает операционную систему. Выполнено, только когда компьютер вернулся с другим идентификатором загрузки.",
    payload: {
      delayMinutes: { label: "Задержка (минуты)" },
      message: { label: "Причина, её увидит пользователь" },
      postponements: {
        label: "Можно отложить (раз)",
        hint: "0: человек за компьютером не может отложить перезагрузку.",
      },
      postponableHours: { label: "Можно откладывать (часы)" },
    },
    result: {
      bootIdBefore: "Идентификатор загрузки до",
      bootIdAfter: "Идентификатор загрузки после",
    },
  },
  "cancel-reboot": {
    label: "Отменить перезагрузку",
    description: "Отменяет запланированное выключение или перезагрузку, кем бы они ни были назначены.",
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
    description: "Забирает последние строки журнала самого агента. Другой файл запросить нельзя.",
    payload: { lines: { label: "Строки" } },
    result: { lines: "Журнал" },
  },
};
