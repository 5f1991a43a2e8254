import { z } from "zod";

/** Identifier made by the application: a UUIDv7 in lower case. Sortable by the time it was made. */
export const Id = z
  .string()
  .regex(
    /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    "must be an id as Muster makes them",
  );
export type Id = z.infer<typeof Id>;
