import type { pushEn } from "../en/push.messages.ts";
import type { Translation } from "../translation.ts";

export const pushRu: Translation<typeof pushEn, "few" | "many"> = {
  menu: "Push-уведомления",
  title: "Push-уведомления",
  label: "Push-уведомления в этом браузере",
  hint: "И тогда, когда Muster не открыт ни в одной вкладке. Выход из учётной записи здесь их отключает.",
  insecure: "Браузеры принимают push-уведомления только от страниц по HTTPS или на этом компьютере.",
  denied: "Этот браузер блокирует уведомления этой страницы. Разрешите их в его настройках.",
  missing:
    "В этом браузере нет push-уведомлений. На iPhone или iPad добавьте Muster на экран «Домой» и откройте его оттуда.",
  policies:
    "О каких тревогах вы узнаете, решают правила уведомлений; о том, за чем вы следите, сообщается и здесь.",
  toPolicies: "К правилам",
  failed: "Не удалось подписать этот браузер.",
  browsers: "Ваши браузеры",
  thisBrowser: "этот браузер",
  since: "С",
  lastSent: "Последнее уведомление",
  test: "Проверить",
  remove: "Удалить",
  sent: "Push-служба приняла уведомление через {{time}}.",
  notSent: "Push-служба не приняла уведомление.",
};
