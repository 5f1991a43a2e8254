import type { Translation } from "../translation.ts";
import type { notificationsEn } from "../en/notifications.messages.ts";

export const notificationsRu: Translation<typeof notificationsEn> = {
  severity: {
    info: "Сведения",
    warning: "Предупреждение",
    critical: "Критично",
  },
  kind: {
    opened: "Новая тревога",
    reopened: "Тревога вернулась",
    escalated: "Тревога стала серьёзнее",
    unstable: "Тревога часто меняется",
    acknowledged: "Подтверждена",
    ended: "Тревога закончилась",
    reminder: "Всё ещё открыта и не подтверждена",
    commented: "Новый комментарий",
    assigned: "Назначена",
  },
  acknowledgedBy: "Подтверждена: {{name}}",
  many: "Сообщений о тревогах: {{count}}",
  more: "и ещё {{count}}",
  wasShort: "Началась {{from}}, закончилась {{to}}.",
  device: "Устройство",
  rule: "Правило",
  since: "С",
  ended: "Закончилась",
  openDevice: "Открыть устройство",
  acknowledge: "Подтвердить эту тревогу",
  acknowledgeHint: "Ссылка только для вас и действует семь дней.",
  reason: "Вы получили это сообщение по правилам уведомлений вашей организации.",
  test: {
    title: "Проверочное сообщение",
    text: "Это проверка канала «{{name}}». Тревоги нет.",
  },
  page: {
    title: "Подтверждение тревоги",
    ask: "Подтверждение сообщает всем, что вы занимаетесь этой тревогой.",
    button: "Подтвердить",
    done: "Вы подтвердили эту тревогу.",
    already: "Эту тревогу уже подтвердил(а) {{name}}.",
    over: "Эта тревога закончилась. Подтверждать нечего.",
    invalid: "Ссылка недействительна. Возможно, ей больше семи дней. Откройте тревогу в Muster.",
  },
};
