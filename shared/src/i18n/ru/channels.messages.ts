import type { channelsEn } from "../en/channels.messages.ts";
import type { Translation } from "../translation.ts";

export const channelsRu: Translation<typeof channelsEn, "few" | "many"> = {
  title: "Каналы",
  intro: "Куда отправляются сообщения о тревогах. Кто о чём узнаёт, решают правила уведомлений.",
  add: "Добавить канал",
  edit: "Изменить",
  editTitle: "Изменить: {{name}}",
  created: "Канал {{name}} добавлен.",
  empty: "Каналов пока нет",
  emptyHint:
    "Добавьте чат, вебхук или адреса эл. почты, отправьте тестовое сообщение, затем выберите канал в правиле уведомлений.",
  type: "Тип",
  receiver: "Куда",
  language: "Язык сообщений",
  isEnabled: "Включён",
  isEnabledHint: "Выключенный канал ничего не отправляет, ожидающие сообщения отбрасываются.",
  on: "включён",
  off: "выключен",
  lastSent: "Последняя доставка",
  failing: "сбой",
  failingSince: "сбой уже {{time}}",
  accepted: "принято",
  unconfirmed_one: "{{count}} адрес не подтверждён",
  unconfirmed_few: "{{count}} адреса не подтверждены",
  unconfirmed_many: "{{count}} адресов не подтверждено",
  unconfirmed_other: "{{count}} адреса не подтверждены",
  unconfirmedHint:
    "Ещё не подтверждено: {{list}}. Отправьте тестовое сообщение: в нём есть ссылка, по которой владелец соглашается.",
  noMail: "Этот сервер не может отправлять почту",
  noMailHint:
    "Участники и почтовые каналы не получают сообщений. Задайте на сервере {{smtp}} и {{from}} и перезапустите его.",
  test: "Проверить",
  testTitle: "Проверка: {{name}}",
  testText: "Отправляет тестовое сообщение тем же путём, что и любое другое.",
  testSend: "Отправить тестовое сообщение",
  testSent: "Получатель принял сообщение за {{time}}.",
  testFailed: "Сообщение не принято.",
  status: "Код состояния",
  answer: "Ответ",
  milliseconds: "{{value}} мс",
  kept: "Оставьте пустым, чтобы сохранить прежнее значение.",
  keptPlaceholder: "сохраняется",
  secretNote: "Вводится один раз, хранится в зашифрованном виде и больше не показывается.",
  hidden: "скрыто",
  secretTitle: "Секрет подписи канала {{name}}",
  secretLabel: "Секрет подписи",
  secretText: "С его помощью получатель проверяет подпись каждого сообщения.",
  rotate: "Заменить секрет",
  rotateTitle: "Заменить секрет подписи канала {{name}}?",
  rotateText:
    "В течение 24 часов сообщения подписываются обоими секретами, чтобы при настройке получателя ни одно не потерялось.",
  previousUntil: "Прежний секрет действует до {{time}}.",
  remove: "Удалить",
  removeTitle: "Удалить {{name}}?",
  removeText: "Ни одно правило не использует этот канал. Ожидающие сообщения отбрасываются.",
  used: "Эти правила отправляют через него сообщения: {{list}}. Сначала выберите в них других получателей.",
  toPolicies: "Открыть уведомления",
  toDeliveries: "Доставки",
  types: {
    email: {
      label: "Эл. почта",
      description: "Отправляет письмо на каждый адрес через почтовый сервер этого Muster.",
      fields: {
        addresses: {
          label: "Адреса",
          hint: "Владелец адреса, не принадлежащего участнику, сначала соглашается по ссылке в тестовом сообщении.",
        },
      },
    },
    webhook: {
      label: "Вебхук",
      description: "Отправляет JSON с подписью по спецификации Standard Webhooks.",
      fields: {
        url: {
          label: "Адрес",
        },
      },
    },
    slack: {
      label: "Slack",
      description: "Публикует через входящий вебхук Slack, Mattermost или Rocket.Chat.",
      fields: {
        url: {
          label: "Адрес",
          hint: "Адрес входящего вебхука.",
        },
      },
    },
    teams: {
      label: "Microsoft Teams",
      description: "Публикует адаптивную карточку через рабочий процесс Microsoft Teams.",
      fields: {
        url: {
          label: "Адрес",
          hint: "Адрес рабочего процесса «Публиковать в канале при получении запроса веб-перехватчика».",
        },
      },
    },
    discord: {
      label: "Discord",
      description: "Публикует через вебхук канала Discord.",
      fields: {
        url: {
          label: "Адрес",
          hint: "Адрес в разделе «Интеграция», «Вебхуки» канала.",
        },
      },
    },
    telegram: {
      label: "Telegram",
      description: "Отправляет сообщения бота Telegram в чат.",
      fields: {
        token: {
          label: "Токен бота",
        },
        chatId: {
          label: "Чат",
        },
        server: {
          label: "Сервер Bot API",
        },
      },
    },
    ntfy: {
      label: "ntfy",
      description: "Публикует в тему ntfy.",
      fields: {
        server: {
          label: "Сервер",
        },
        topic: {
          label: "Тема",
          hint: "Тему может читать каждый, кто знает её название.",
        },
        token: {
          label: "Токен доступа",
        },
      },
    },
    pagerduty: {
      label: "PagerDuty",
      description: "Создаёт, подтверждает и закрывает инциденты через Events API v2.",
      fields: {
        routingKey: {
          label: "Ключ интеграции",
        },
        server: {
          label: "Сервер",
          hint: "https://events.eu.pagerduty.com для европейского региона.",
        },
      },
    },
    zammad: {
      label: "Zammad",
      description: "Открывает в Zammad заявку для каждой тревоги и добавляет, что с ней происходит.",
      fields: {
        server: { label: "Адрес Zammad" },
        token: {
          label: "Токен доступа",
          hint: "Агента с правом ticket.agent, который может создавать и изменять заявки группы.",
        },
        group: { label: "Группа" },
        customer: { label: "Клиент заявок", hint: "Адрес эл. почты клиента, которого знает Zammad." },
        whenOver: {
          label: "Когда тревога закончится",
          choices: { close: "Добавить заметку и закрыть заявку", note: "Только добавить заметку" },
        },
      },
    },
    jira: {
      label: "Jira",
      description:
        "Открывает в Jira задачу для каждой тревоги и добавляет в комментарии, что с ней происходит.",
      fields: {
        server: { label: "Адрес Jira", hint: "Например, https://example.atlassian.net." },
        edition: { label: "Редакция", choices: { cloud: "Cloud", "data-center": "Data Center" } },
        user: { label: "Адрес эл. почты учётной записи", hint: "Только для Jira Cloud." },
        token: {
          label: "Токен",
          hint: "Jira Cloud: токен API учётной записи. Data Center: личный токен доступа.",
        },
        project: { label: "Ключ проекта" },
        issueType: { label: "Тип задач" },
        whenOver: {
          label: "Когда тревога закончится",
          choices: { close: "Добавить заметку и закрыть заявку", note: "Только добавить заметку" },
        },
      },
    },
    glpi: {
      label: "GLPI",
      description: "Открывает в GLPI заявку для каждой тревоги и добавляет, что с ней происходит.",
      fields: {
        server: { label: "Адрес GLPI", hint: "Без /apirest.php." },
        appToken: { label: "Токен приложения", hint: "Клиента API, в разделе «Настройка», «Общие», «API»." },
        userToken: {
          label: "Токен API пользователя",
          hint: "Пользователя, который может создавать и решать заявки, в разделе «Ключи удалённого доступа».",
        },
        whenOver: {
          label: "Когда тревога закончится",
          choices: { close: "Добавить заметку и закрыть заявку", note: "Только добавить заметку" },
        },
      },
    },
    "ticket-mail": {
      label: "Заявки по почте",
      description: "Отправляет в службу поддержки письмо о каждом событии тревоги по вашему шаблону.",
      fields: {
        address: {
          label: "Адрес службы поддержки",
          hint: "Если он не принадлежит участнику, владелец сначала соглашается по ссылке в пробном сообщении.",
        },
        subject: {
          label: "Тема",
          hint: "Можно вставить {{title}}, {{device}}, {{severity}}, {{event}}, {{text}}, {{link}} и {{reference}}. Ссылка {{reference}} одинакова во всех письмах о тревоге.",
        },
        text: {
          label: "Текст",
          hint: "Можно вставить {{title}}, {{device}}, {{severity}}, {{event}}, {{text}}, {{link}} и {{reference}}.",
        },
      },
    },
  },
};
