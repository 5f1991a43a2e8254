import type { watchesEn } from "../en/watches.messages.ts";
import type { Translation } from "../translation.ts";

export const watchesRu: Translation<typeof watchesEn, "few" | "many"> = {
  online: "Сообщить, когда вернётся",
  offline: "Сообщить, если пропадёт из сети",
  ended: "Сообщить о завершении",
  active: "Вы узнаете об этом один раз. Нажмите, чтобы отменить.",
  started: "Вы узнаете об этом один раз.",
  stopped: "Вы об этом не узнаете.",
};
