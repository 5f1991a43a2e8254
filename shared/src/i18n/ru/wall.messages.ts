import type { wallEn } from "../en/wall.messages.ts";
import type { Translation } from "../translation.ts";

export const wallRu: Translation<typeof wallEn, "few" | "many"> = {
  title: "Настенный экран",
  revoked: "Эта ссылка больше не работает",
  revokedHint: "Её ключ отозван или истёк. Откройте новую ссылку или войдите.",
  criticalAlarms: "Критические тревоги",
  warningAlarms: "Предупреждения",
  attention: "Требуют внимания",
  well: "В порядке",
  absent: "Без отчётов",
  asleep: "Спят",
  maintenance: "Обслуживание",
  stale: "Нет ответа с {{time}}",
  fullScreen: "На весь экран",
  alarms: "Открытые тревоги",
  calm: "Открытых тревог нет",
  more_one: "и ещё {{count}}",
  more_other: "и ещё {{count}}",
  nobody: "Пока никто",
  link: "Ссылка для большого экрана",
  linkHint: "Открывает настенный экран без входа. Чтобы отключить его, отзовите ключ.",
  more_few: "и ещё {{count}}",
  more_many: "и ещё {{count}}",
};
