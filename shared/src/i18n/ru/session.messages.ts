import type { sessionEn } from "../en/session.messages.ts";
import type { Translation } from "../translation.ts";

export const sessionRu: Translation<typeof sessionEn, "few" | "many"> = {
  login: {
    title: "Вход",
    email: "Эл. почта",
    password: "Пароль",
    submit: "Войти",
    wrong: "Неверный адрес эл. почты или пароль.",
    throttled_one: "Слишком много попыток. Повторите через {{count}} секунду.",
    throttled_few: "Слишком много попыток. Повторите через {{count}} секунды.",
    throttled_many: "Слишком много попыток. Повторите через {{count}} секунд.",
    throttled_other: "Слишком много попыток. Повторите через {{count}} секунды.",
    fleetTagline: "Все компьютеры на виду. Видно, где нужна ваша помощь.",
  },
  setup: {
    title: "Настройка Muster",
    intro: "Одна страница — и сразу к вашему парку.",
    organization: "Название организации",
    name: "Ваше имя",
    email: "Эл. почта",
    password: "Пароль",
    passwordHint: "Не менее 10 символов. Фразу запомнить легче, чем набор знаков.",
    submit: "Создать и открыть парк",
    needed: "Этот сервер ещё не настроен.",
    neededHint:
      "Откройте ссылку, которую сервер вывел при запуске. Чтобы получить новую, выполните на сервере npx muster setup-link.",
    gone: "Эта ссылка для настройки больше не действует",
    goneHint:
      "Ею можно воспользоваться один раз в течение часа. Если Muster ещё не настроен, перезапустите сервер, чтобы получить новую ссылку.",
    toLogin: "Войти",
    checking: "Проверка ссылки",
    strength: {
      label: "Надёжность пароля",
      short_one: "ещё {{count}} символ",
      short_few: "ещё {{count}} символа",
      short_many: "ещё {{count}} символов",
      short_other: "ещё {{count}} символа",
      fair: "приемлемый",
      good: "хороший",
      strong: "надёжный",
    },
  },
};
