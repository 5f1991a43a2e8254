import type { AlarmCatalogTexts } from "../../alarms/alarm-type-texts.ts";

const levels = {
  warning: { label: "Порог предупреждения" },
  critical: { label: "Критический порог" },
  clear: {
    label: "Порог отбоя",
    hint: "Тревога заканчивается только за этим значением. Пусто: как только ни один порог не нарушен.",
  },
  forS: { label: "В течение (секунд)" },
  sharePercent: {
    label: "Доля значений (процентов)",
    hint: "Сколько значений за это время должны нарушать порог.",
  },
  clearForS: { label: "Отбой через (секунд)" },
};
const severity = {
  label: "Серьёзность",
  choices: { info: "Информация", warning: "Предупреждение", critical: "Критическая" },
};
const forS = { label: "В течение (секунд)" };

export const alarmTypesRu: AlarmCatalogTexts = {
  metric: {
    label: "Показатель",
    description: "Открывает тревогу, когда измеренное значение в течение некоторого времени нарушает порог.",
    settings: {
      metric: { label: "Показатель" },
      instances: {
        label: "Файловые системы или интерфейсы",
        hint: "Имена, в которых * заменяет любой текст. Пусто: все.",
      },
      operator: {
        label: "Сравнение",
        choices: {
          ">": "Больше",
          ">=": "Не меньше",
          "<": "Меньше",
          "<=": "Не больше",
          "==": "Равно",
          "!=": "Не равно",
        },
      },
      ...levels,
    },
  },
  health: {
    label: "Оценка состояния",
    description: "Открывает тревогу, когда оценка состояния в течение некоторого времени ниже порога.",
    settings: levels,
  },
  attention: {
    label: "Требует внимания",
    description: "Открывает тревогу, когда устройство требует внимания, какой бы ни была причина.",
    settings: {
      level: { label: "Начиная с уровня", choices: { warn: "Предупреждение", critical: "Критический" } },
      severity,
      forS,
    },
  },
  offline: {
    label: "Не в сети",
    description:
      "Открывает тревогу, когда устройство не присылает отчёты, хотя должно. Сон, выключение и обслуживание считаются уважительной причиной.",
    settings: { severity, forS },
  },
  expired: {
    label: "Давно не было отчётов",
    description:
      "Открывает тревогу, когда устройство не присылало отчёты так долго, что считается просроченным.",
    settings: { severity, forS },
  },
  "reboot-required": {
    label: "Нужна перезагрузка",
    description: "Открывает тревогу, когда устройству уже некоторое время нужна перезагрузка.",
    settings: { severity, forS },
  },
  paused: {
    label: "Приостановлен",
    description: "Открывает тревогу, когда локальный пользователь уже некоторое время держит агент на паузе.",
    settings: { severity, forS },
  },
  "agent-outdated": {
    label: "Агент устарел",
    description: "Открывает тревогу, когда агент уже некоторое время старше сервера.",
    settings: { severity, forS },
  },
  "clone-suspected": {
    label: "Возможный клон",
    description:
      "Открывает тревогу, когда учётными данными одного устройства, по-видимому, пользуются две машины.",
    settings: { severity },
  },
  "device-left": {
    label: "Агент удалён",
    description: "Открывает тревогу, когда агент устройства покинул организацию.",
    settings: { severity },
  },
};
