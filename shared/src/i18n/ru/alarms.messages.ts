import type { alarmsEn } from "../en/alarms.messages.ts";
import type { Translation } from "../translation.ts";

export const alarmsRu: Translation<typeof alarmsEn> = {
  severity: {
    info: "информация",
    warning: "внимание",
    critical: "критично",
  },
  metric: {
    cpu: "Загрузка ЦП",
    memory: "Использование памяти",
    swap: "Использование подкачки",
    disk: "Заполнение диска",
    diskFree: "Свободное место на диске",
    load: "Нагрузка",
    netIn: "Скорость приёма",
    netOut: "Скорость отправки",
    diskRead: "Скорость чтения с диска",
    diskWrite: "Скорость записи на диск",
    temperature: "Температура",
    battery: "Заряд батареи",
  },
  series: {
    fileSystem: {
      used: "Заполнение {{instance}}",
      free: "Свободное место на {{instance}}",
    },
    networkInterface: {
      in: "Скорость приёма {{instance}}",
      out: "Скорость отправки {{instance}}",
    },
  },
  score: "Состояние",
  level: {
    above: "{{what}} выше {{threshold}}",
    below: "{{what}} ниже {{threshold}}",
  },
  sentence: {
    value: "{{device}}: {{what}} {{value}}",
    limit: "{{device}}: {{what}} {{value}}, порог {{threshold}}",
    about: "{{device}}: {{text}}",
    since: "Начало: {{time}}.",
  },
  forecast: {
    title: "{{instance}}: место закончится примерно через {{days}}",
    sentence:
      "{{device}}: на {{instance}} место закончится примерно через {{days}}. Свободно {{free}}, каждый день занимается ещё {{perDay}} (по данным за {{history}}).",
  },
  unusual: {
    above: "{{what}}: необычно высокое значение",
    below: "{{what}}: необычно низкое значение",
    sentence:
      "{{device}}: {{what}} {{value}}. В это время недели обычно от {{low}} до {{high}} (по {{count}} средним значениям за четыре недели).",
  },
  type: {
    "no-data": {
      title: "Нет данных",
      sentence: "{{device}} не передаёт данные: {{text}}.",
    },
    attention: {
      title: "Требует внимания",
      sentence: "{{device}} требует внимания.",
    },
    offline: {
      title: "Не в сети",
      sentence: "{{device}} не присылает отчёты.",
    },
    expired: {
      title: "Давно не было отчётов",
      sentence: "{{device}} давно не присылает отчёты.",
    },
    "reboot-required": {
      title: "Нужна перезагрузка",
      sentence: "Устройству {{device}} нужна перезагрузка.",
    },
    paused: {
      title: "Агент приостановлен",
      sentence: "Агент на {{device}} приостановлен.",
    },
    "action-failed": {
      title: "Действие не выполнено",
      sentence: "На {{device}} не выполнено действие.",
    },
    "agent-outdated": {
      title: "Агент устарел",
      sentence: "Агент на {{device}} устарел: {{text}}.",
    },
    "clone-suspected": {
      title: "Возможный клон",
      sentence: "Похоже, что два компьютера используют учётные данные {{device}}.",
    },
    "device-left": {
      title: "Агент удалён",
      sentence: "Агент {{device}} покинул организацию.",
    },
    "help-request": {
      title: "Запрос помощи: {{text}}",
      sentence: "Запрос помощи с устройства {{device}}: {{text}}",
    },
    "channel-failing": {
      title: "Канал не работает: {{text}}",
      sentence: "Через «{{text}}» уже час ничего не принимается.",
    },
    outage: {
      title: "Возможный сбой",
      sentence: "Много устройств одновременно перестали присылать отчёты.",
    },
  },
  siteOutage: {
    title: "Возможный сбой: {{site}}",
    sentence: "Одновременно перестали присылать отчёты устройства одной площадки ({{count}}): {{site}}.",
  },
  unnamed: {
    device: "неизвестное устройство",
    alarm: "Тревога",
    version: "неизвестная версия",
  },
  endReason: {
    cleared: "Снова в норме",
    resolved: "Закрыл(а) {{name}}",
    withdrawn: "Закрыто автором запроса",
    "channel-off": "Канал отключён или удалён",
    "device-archived": "Устройство в архиве",
    "device-removed": "Устройство удалено",
    "rule-changed": "Правило изменено",
    "rule-off": "Правило выключено",
    "rule-removed": "Правило удалено",
    replaced: "Заменена другой тревогой",
  },
};
