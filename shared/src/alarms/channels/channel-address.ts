import { z } from "zod";

const MAX_ADDRESS_LENGTH = 1_000;

/** An address that the server sends to: https or http, without a user name. */
export const ChannelAddress = z
  .string()
  .trim()
  .max(MAX_ADDRESS_LENGTH)
  .refine(isAddress, "must be an address that begins with https://, without a user name");

function isAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
}
