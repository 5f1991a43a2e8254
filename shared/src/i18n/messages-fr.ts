import { messagesEn, type Messages } from "./messages.ts";
export const messagesFr: Messages = messagesEn;
