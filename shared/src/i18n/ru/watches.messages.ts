import type { watchesEn } from "../en/watches.messages.ts";
import type { Translation } from "../translation.ts";

export const watchesRu: Translation<typeof watchesEn, "few" | "many"> = {
  online: "Сообщить, когда вернётся",
  offline: "Сообщить, если пропадёт из сети",
  ended: "Сообщить о завершении",
  active: "Вы получите одно письмо. Нажмите для отмены.",
  started: "Вы получите письмо об этом.",
  stopped: "Письмо не будет отправлено.",
};
