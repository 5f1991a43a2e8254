import { z } from "zod";
import { Id } from "../ids.ts";
import { PageQuery, pageOf } from "./page.ts";
import { Instant, line, lines, name } from "./text.ts";
import { MAX_CONTACTS, MAX_LIMIT_CUSTOMERS } from "../customers.ts";

export const CustomerName = name(120);
const CustomerEmail = z.email().max(254).toLowerCase();

/** A customer by id and name, where another answer refers to it. */
export const CustomerRef = z.object({ id: Id, name: z.string() });
export type CustomerRef = z.infer<typeof CustomerRef>;

/** The customers that a member or an API key is limited to; null without a limit. */
export const CustomerLimit = z.array(Id).max(MAX_LIMIT_CUSTOMERS).nullable();

/** Somebody to call or write to at a customer. */
export const Contact = z.strictObject({
  name: name(100),
  role: name(100).nullable().default(null),
  email: CustomerEmail.nullable().default(null),
  phone: line(50).nullable().default(null),
});
export type Contact = z.infer<typeof Contact>;

/** A customer as it is listed. */
export const Customer = z.object({
  id: Id,
  /** Unique in the organization, whatever the case, accents and white space. */
  name: z.string(),
  company: z.string().nullable(),
  /** Unique in the organization where it is given. */
  email: z.string().nullable(),
  /** Devices of the customer that are not archived. */
  devices: z.number().int(),
  archivedAt: Instant.nullable(),
  /** Increases with every change; sent back as `If-Match`, a change applies to this version only. */
  version: z.number().int(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type Customer = z.infer<typeof Customer>;

export const CustomerDetail = Customer.extend({ contacts: z.array(Contact), notes: z.string() });
export type CustomerDetail = z.infer<typeof CustomerDetail>;

export const CustomerListQuery = PageQuery.extend({
  /** Found in name, company, e-mail address and contacts, whatever the case and accents; every word must be found. */
  search: z.string().trim().max(200).optional(),
  archived: z.stringbool().default(false),
});
export type CustomerListQuery = z.infer<typeof CustomerListQuery>;
export const CustomerPage = pageOf(Customer);
export type CustomerPage = z.infer<typeof CustomerPage>;

export const NewCustomer = z.strictObject({
  name: CustomerName,
  company: name(200).nullable().default(null),
  email: CustomerEmail.nullable().default(null),
  contacts: z.array(Contact).max(MAX_CONTACTS).default([]),
  notes: lines(10_000).default(""),
});
export type NewCustomer = z.infer<typeof NewCustomer>;

/** A field that is left out stays as it is. */
export const CustomerChange = z
  .strictObject({
    name: CustomerName,
    company: name(200).nullable(),
    email: CustomerEmail.nullable(),
    contacts: z.array(Contact).max(MAX_CONTACTS),
    notes: lines(10_000),
  })
  .partial();
export type CustomerChange = z.infer<typeof CustomerChange>;

/** Which customer gets the devices, tokens and limits of the one that is merged into it. */
export const CustomerMerge = z.strictObject({ into: Id });
export type CustomerMerge = z.infer<typeof CustomerMerge>;
