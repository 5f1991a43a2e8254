import { boolean, fields, string } from "./marshmallow.ts";

/** Exchanges a key for a cookie. */
export const DashfleetSignIn = fields({
  /** Secret of the key. */
  api_key: string(200),
});

/** An organization to create. */
export const DashfleetNewOrganization = fields({
  /** Name of the organization. */
  name: string(100)
    .trim()
    .min(3, "Shorter than minimum length 3.")
    .refine((name) => !/\p{C}/u.test(name), "String does not match expected pattern."),
});

/** A key to revoke. */
export const DashfleetRevocation = fields({
  /** Secret of the key. */
  key: string(200),
  /** Must be true. */
  revoke: boolean().default(true),
});
