import { z } from "zod";

const MAX_ADDRESS_LENGTH = 1_000;

/** An address that the server sends to: https or http, without a user name. */
export const ChannelAddress = z
  .string()
  .trim()
  .max(MAX_ADDRESS_LENGTH)
  .regex(
    /^https?:\/\/[^\s/?#@\\]+([/?#]\S*)?$/i,
    "must be an address that begins with https://, without a user name",
  );
