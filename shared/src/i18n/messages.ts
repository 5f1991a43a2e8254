import { deviceEn } from "./en/device.messages.ts";
import { fleetEn } from "./en/fleet.messages.ts";
import { sessionEn } from "./en/session.messages.ts";
import { settingsEn } from "./en/settings.messages.ts";
import { shellEn } from "./en/shell.messages.ts";
import { statesEn } from "./en/states.messages.ts";

/** English, from which every other language takes its keys. */
export const messagesEn = {
  shell: shellEn,
  states: statesEn,
  session: sessionEn,
  fleet: fleetEn,
  device: deviceEn,
  settings: settingsEn,
} as const;

/**
 * The same keys with other words: a key that is missing or too many does not compile. Languages with a plural form "many"
 * name it, and every counted text then needs it as well.
 */
export type Translation<Source, Extra extends "many" | never = never> = {
  readonly [Key in keyof Source]: Source[Key] extends string ? string : Translation<Source[Key], Extra>;
} & {
  readonly [Key in keyof Source as Key extends `${infer Base}_other` ? `${Base}_${Extra}` : never]: string;
};

export type Messages = Translation<typeof messagesEn>;
